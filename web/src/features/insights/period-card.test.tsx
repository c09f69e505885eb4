import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { InsightOut, PeriodOut } from "@/api/schema";
import { PeriodCard } from "@/features/insights/period-card";
import { answerFetch } from "@/testing/answers";
import { renderLinked } from "@/testing/render";

const insight = (part: Partial<InsightOut>): InsightOut => ({
  id: "p1",
  kind: "strength",
  key: "0123456789abcdef01234567",
  claims: [{ text: "The longest utterance was “a red train”.", evidence: [] }],
  evidence: [],
  measure: null,
  verdict: null,
  about: "",
  status: "draft",
  version: 0,
  is_edited: false,
  is_outdated: false,
  decided_at: null,
  engine: "rules",
  ...part,
});

const period: PeriodOut = {
  voice: "slp",
  sessions: ["s1"],
  insights: [
    insight({}),
    insight({ id: "p2", kind: "question", key: "q".repeat(24), status: "dismissed" }),
    insight({ id: "p4", kind: "idea", key: "1".repeat(24), claims: [{ text: "To try.", evidence: [] }] }),
    insight({
      id: "p3",
      kind: "adult",
      key: "a".repeat(24),
      status: "approved",
      is_edited: true,
      version: 2,
    }),
  ],
  activity: {
    id: "wait_and_look",
    version: "1",
    title: "Wait and look",
    steps: ["Say something short.", "Wait.", "Go on."],
    sources: ["Somebody (2010), Journal 1, 1-2"],
  },
  transcripts: { reviewed: 1, handed_in: 0, raw: 2 },
};

const address = "/api/children/c1/insights";
const decisions = `POST ${address}/decisions`;
const answers = "POST /api/children/c1/activities/wait_and_look/answers";

async function shown(more: Parameters<typeof answerFetch>[0] = {}, actions?: string[]) {
  const actor = actions && { name: "mother", role: "parent", actions };
  const calls = answerFetch({
    [`GET ${address}`]: { body: period },
    "GET /api/access": { body: { accounts: !!actor, actor: actor ?? null } },
    "GET /api/measures": { body: [] },
    [decisions]: { status: 201, body: {} },
    [answers]: { status: 201, body: {} },
    ...more,
  });
  await renderLinked(<PeriodCard childId="c1" />);
  await screen.findByRole("region", { name: "Strengths" });
  return calls;
}

test("dismissed insights are not shown, edited ones say so", async () => {
  await shown();
  expect(screen.queryByRole("region", { name: "Questions to ask" })).toBeNull();
  const adults = screen.getByRole("region", { name: "The adults' side" });
  expect(within(adults).getByText("edited and approved")).toBeTruthy();
  expect(within(adults).queryByRole("button", { name: /^Approve/ })).toBeNull();
});

test("approving sends the key and the version that was seen", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByRole("button", { name: /^Approve: The longest/ }));
  await waitFor(() => {
    expect(calls.some((call) => call.method === "POST")).toBe(true);
  });
  expect(await calls.find((call) => call.method === "POST")?.json()).toEqual({
    voice: "slp",
    key: "0123456789abcdef01234567",
    version: 0,
    verb: "approve",
    text: null,
  });
});

test("an edit is typed, may be refused, and stays open then", async () => {
  const refused = {
    code: "insight.ungrounded",
    message: "The evidence does not hold 99.",
    hint: "Use others.",
  };
  const calls = await shown({ [decisions]: { status: 422, body: refused } });
  const strengths = screen.getByRole("region", { name: "Strengths" });
  await userEvent.click(within(strengths).getByRole("button", { name: /^Edit/ }));
  const area = within(strengths).getByLabelText(/^Your words/);
  expect(document.activeElement).toBe(area);
  await userEvent.clear(area);
  await userEvent.type(area, "99 words");
  await userEvent.click(within(strengths).getByRole("button", { name: "Save and approve" }));
  expect((await within(strengths).findByRole("alert")).textContent).toContain("does not hold 99");
  expect(within(strengths).getByLabelText(/^Your words/)).toBeTruthy();
  const sent = (await calls.find((call) => call.method === "POST")?.json()) as { text: string };
  expect(sent.text).toBe("99 words");
});

test("a therapist can dismiss the kind of an activity", async () => {
  const calls = await shown();
  const card = screen.getByRole("region", { name: "To try at home" });
  await userEvent.click(within(card).getByRole("button", { name: "Dismiss: To try." }));
  await waitFor(() => {
    expect(calls.some((call) => call.method === "POST")).toBe(true);
  });
  expect(await calls.find((call) => call.method === "POST")?.json()).toMatchObject({ verb: "dismiss" });
});

test("it says what waits, and shows that alone", async () => {
  const old = insight({
    id: "p5",
    kind: "change",
    key: "o".repeat(24),
    status: "approved",
    is_outdated: true,
  });
  await shown({ [`GET ${address}`]: { body: { ...period, insights: [...period.insights, old] } } });
  expect(screen.getByText("3 sentences wait for your approval")).toBeTruthy();
  expect(screen.getByText(/^Transcripts: 1 reviewed, 2 recognised by a computer/)).toBeTruthy();
  await userEvent.click(screen.getByRole("checkbox", { name: "Show only these" }));
  expect(screen.queryByRole("region", { name: "The adults' side" })).toBeNull();
  expect(screen.getByRole("region", { name: "Strengths" })).toBeTruthy();
  expect(screen.getByRole("region", { name: "What changed" })).toBeTruthy();
});

test("a chosen period is asked for, and a decision names it", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByText("Of all sessions. Choose a period"));
  await userEvent.type(screen.getByLabelText("From"), "2026-03-02");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(await screen.findByText(/^From 2 Mar 2026 to the last session/)).toBeTruthy();
  await waitFor(() => {
    expect(calls.some((call) => call.url.endsWith("voice=slp&first=2026-03-02"))).toBe(true);
  });
  await userEvent.click(await screen.findByRole("button", { name: /^Approve: The longest/ }));
  await waitFor(() => {
    expect(calls.some((call) => call.method === "POST")).toBe(true);
  });
  expect(await calls.find((call) => call.method === "POST")?.json()).toMatchObject({ first: "2026-03-02" });
});

test("how an activity went is told with two taps", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByRole("button", { name: "Yes" }));
  await userEvent.click(screen.getByRole("button", { name: "So-so" }));
  expect(await screen.findByText(/for “Wait and look”/)).toBeTruthy();
  expect(await calls.find((call) => call.method === "POST")?.json()).toEqual({ went: "so_so" });
});

test("who did not try it keeps the idea, or asks for another one", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByRole("button", { name: "No" }));
  await userEvent.click(screen.getByRole("button", { name: "Keep this idea" }));
  expect(screen.getByText("The idea stays here for you.")).toBeTruthy();
  expect(calls.some((call) => call.method === "POST")).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: "No" }));
  await userEvent.click(screen.getByRole("button", { name: "Show another idea" }));
  await waitFor(() => {
    expect(calls.some((call) => call.method === "POST")).toBe(true);
  });
  expect(await calls.find((call) => call.method === "POST")?.json()).toEqual({ went: "not_yet" });
});

test("a parent sees the family's words, no buttons of review, and can answer", async () => {
  const calls = await shown({}, ["see_session", "answer_activity"]);
  await waitFor(() => {
    expect(screen.queryByRole("button", { name: /^Approve/ })).toBeNull();
  });
  await waitFor(() => {
    expect(calls.some((call) => call.url.endsWith("voice=parent"))).toBe(true);
  });
  expect(screen.queryByRole("radiogroup", { name: "Who reads it" })).toBeNull();
  expect(screen.getByRole("button", { name: "Yes" })).toBeTruthy();
  expect(screen.queryByText(/for your approval/)).toBeNull();
});
