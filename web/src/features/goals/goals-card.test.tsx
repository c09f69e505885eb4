import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { GoalOut } from "@/api/schema";
import { levelOf } from "@/features/goals/goal-levels";
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
  version: 1,
  closed_at: null,
  closed_why: "",
  changed_why: "",
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
  await shown([goal()]);
  expect(screen.getByText("On the way")).toBeTruthy();
  expect(screen.getByText(/baseline 2\.50, now 3\.60 ± 0\.40, goal at least 4\.00, level −1$/)).toBeTruthy();
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
  fireEvent.change(within(dialog).getByLabelText(/What is to be seen/), {
    target: { value: "makes eye contact" },
  });
  fireEvent.change(within(dialog).getByLabelText(/When and with whom/), { target: { value: "at dinner" } });
  fireEvent.change(within(dialog).getByLabelText(/^Criterion/), { target: { value: "5" } });
  fireEvent.change(within(dialog).getByLabelText(/^By/), { target: { value: "2026-12-24" } });
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

test("the levels are drawn with baseline and mean, in words for those who do not see", async () => {
  await shown([goal()]);
  const levels = screen.getByRole("img", { name: "Levels: −2: 2.00, −1: 3.00, 0: 4.00, +1: 5.00, +2: 6.00" });
  expect(levels.querySelectorAll("[data-mark]")).toHaveLength(2);
});

test.each([
  [2, [2, 3, 4, 5, 6], -2],
  [4.5, [2, 3, 4, 5, 6], 0.5],
  [0, [2, 3, 4, 5, 6], -2.4],
  [99, [2, 3, 4, 5, 6], 2.4],
  [15, [40, 30, 20, 10, 5], 0.5],
])("%s lies on %j at level %s", (value, scale, level) => {
  expect(levelOf(value, scale)).toBeCloseTo(level);
});

test("a goal can be closed, with why", async () => {
  const calls = await shown([goal()], {
    [`POST ${address}/g1/close`]: { body: { goals: [], t_score: null } },
  });
  await userEvent.click(screen.getByRole("button", { name: "Close: uses longer utterances" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.change(within(dialog).getByLabelText(/^Why/), { target: { value: "met early" } });
  await userEvent.click(within(dialog).getByRole("button", { name: "Close the goal" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  const sent = calls.find((call) => call.url.endsWith("/goals/g1/close"));
  expect(await sent?.json()).toEqual({ why: "met early" });
});

test("a goal is changed as the version that was seen; its measure stays", async () => {
  const calls = await shown([goal({ version: 3 })], {
    [`PUT ${address}/g1`]: { body: { goals: [], t_score: null } },
  });
  await userEvent.click(screen.getByRole("button", { name: "Change: uses longer utterances" }));
  const dialog = await screen.findByRole("dialog");
  const criterion = within(dialog).getByLabelText(/^Criterion/);
  await userEvent.clear(criterion);
  await userEvent.type(criterion, "4.5");
  await userEvent.type(within(dialog).getByLabelText("Why"), " reached early ");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  const sent = calls.find((call) => call.method === "PUT");
  expect(await sent?.json()).toEqual({
    version: 3,
    behaviour: "uses longer utterances",
    condition: "in free play",
    criterion: 4.5,
    direction: "at_least",
    due: "2026-12-24",
    sessions: 3,
    scale: "auto",
    why: "reached early",
  });
});

test("why an open goal was changed stands with it", async () => {
  await shown([goal({ version: 2, changed_why: "reached early" })]);
  expect(screen.getByText("Changed, because: reached early").tagName).toBe("P");
});

test("closed goals are listed in a fold, with when and why", async () => {
  const closed = { is_open: false, closed_at: "2026-05-02T09:00:00Z", closed_why: "met early" };
  await shown([goal(), goal({ id: "g2", behaviour: "asks questions", ...closed })]);
  expect(screen.getByText("1 closed goal")).toBeTruthy();
  expect(screen.getByText("asks questions").closest("details")).toBeTruthy();
  expect(screen.getByText(/Closed on 2 May 2026\./).textContent).toContain("met early");
});
