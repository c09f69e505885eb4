import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { GoalOut } from "@/api/schema";
import { GoalsCard } from "@/features/goals/goals-card";
import { answerFetch } from "@/testing/answers";
import { info } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const goal = (part: Partial<GoalOut> = {}): GoalOut => ({
  id: "g1",
  behaviour: "uses longer utterances",
  condition: "in free play",
  measure: "mlu_words",
  title: "MLU in words",
  unit: "words/utterance",
  criterion: 4,
  direction: "at_least",
  due: "2026-12-24",
  sessions: 3,
  baseline: 2.5,
  scale: [2, 3, 4, 5, 6],
  is_open: true,
  created_at: "2026-03-04T10:00:00Z",
  closed_at: null,
  status: "progressing",
  reason: null,
  mean: 3.6,
  margin: 0.4,
  n_sessions: 3,
  level: -1,
  ...part,
});

const address = "/api/children/c1/goals";

async function shown(goals: GoalOut[], more: Parameters<typeof answerFetch>[0] = {}) {
  const calls = answerFetch({
    [`GET ${address}`]: { body: { goals, t_score: goals.length ? 40 : null } },
    "GET /api/access": { body: { accounts: false, actor: null } },
    "GET /api/measures": { body: [info()] },
    ...more,
  });
  await renderLinked(<GoalsCard childId="c1" />);
  await screen.findByText(goals.length ? /T-score/ : "No goal yet.");
  return calls;
}

test("a goal tells its status, figures with their error, and level", async () => {
  await shown([goal(), goal({ id: "g2", behaviour: "was closed", is_open: false })]);
  expect(screen.getByText("On the way")).toBeTruthy();
  expect(screen.getByText(/baseline 2\.50, now 3\.60 ± 0\.40, goal at least 4\.00, level −1$/)).toBeTruthy();
  expect(screen.queryByText("was closed")).toBeNull();
});

test("what cannot be told says why", async () => {
  await shown([
    goal({ status: "cannot_tell", reason: "few_sessions", mean: null, margin: null, level: null }),
  ]);
  expect(screen.getByText("Can't tell yet")).toBeTruthy();
  expect(screen.getByText(/more sessions since the baseline are needed/)).toBeTruthy();
});

test("a masking goal is answered with advice and the dialog stays", async () => {
  const advice = { code: "goal.masking", message: "Eye contact is no goal here.", hint: "Write it anew." };
  const calls = await shown([], { [`POST ${address}`]: { status: 422, body: advice } });
  await userEvent.click(screen.getByRole("button", { name: "Add a goal" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/What is to be seen/), "makes eye contact");
  await userEvent.type(within(dialog).getByLabelText(/When and with whom/), "at dinner");
  await userEvent.type(within(dialog).getByLabelText(/^Criterion/), "5");
  await userEvent.type(within(dialog).getByLabelText(/^By/), "2026-12-24");
  await userEvent.click(within(dialog).getByRole("button", { name: "Add goal" }));
  expect((await within(dialog).findByRole("alert")).textContent).toContain("no goal here");
  const sent = calls.find((call) => call.method === "POST");
  expect(await sent?.json()).toMatchObject({
    measure: "mlu_words",
    criterion: 5,
    direction: "at_least",
    scale: [],
  });
});

test("a goal can be closed", async () => {
  const calls = await shown([goal()], {
    [`POST ${address}/g1/close`]: { body: { goals: [], t_score: null } },
  });
  await userEvent.click(screen.getByRole("button", { name: "Close: uses longer utterances" }));
  await waitFor(() => {
    expect(calls.some((call) => call.url.endsWith("/goals/g1/close"))).toBe(true);
  });
});
