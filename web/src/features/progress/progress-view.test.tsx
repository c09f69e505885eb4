import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Action } from "@/api/schema";
import { FollowedCourses } from "@/features/progress/followed-courses";
import { ProgressView } from "@/features/progress/progress-view";
import { page, sessionsOf, told } from "@/testing/progress-page";
import { answerFetch } from "@/testing/answers";
import { info } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const MEASURES = [
  info({ title: "MLU in words" }),
  info({ id: "ttr", title: "Type-token ratio", family: "vocabulary", unit: "ratio" }),
  info({ id: "f0_median", title: "Median pitch", family: "voice", unit: "Hz" }),
  info({ id: "jitter", title: "Jitter", family: "voice quality", audience: "researcher" }),
];
const NORMS = {
  source: "A table of norms",
  measures: {
    mlu_words: [
      {
        session_id: "s1",
        low: 1,
        middle: 2,
        high: 3,
        age_band: "3;00-3;05",
        n_children: 9,
        n_transcripts: 9,
      },
    ],
  },
};
const SHOWN = page(sessionsOf(2), [
  told({ chosen: true, verdict: "increase", told: ["That is an increase."], low: [2, 2.5], high: [3, 3.5] }),
  told({ measure: "ttr", values: [0.5, 0.6] }),
  told({ measure: "f0_median", values: [null, null], reasons: { s1: "no recording", s2: "no recording" } }),
  told({ measure: "jitter", values: [1, 2] }),
]);

async function show(actions: Action[] = ["see_norms", "manage_goals"], shown = SHOWN) {
  const calls = answerFetch({
    "GET /api/access": {
      body: { accounts: true, actor: { id: "a1", name: "Kim", role: "therapist", actions } },
    },
    "GET /api/measures": { body: MEASURES },
    "GET /api/children/c1/progress/page": { body: shown },
    "GET /api/children/c1/norms": { body: NORMS },
    "PUT /api/children/c1/phases": { body: shown.plan },
  });
  const onView = vi.fn();
  const view = await renderLinked(<ProgressView childId="c1" view={{}} onView={onView} />);
  await screen.findByText(/^(Followed first|Measures of the goals)$/);
  return { calls, onView, ...view };
}

test("what is followed stands first with its verdict; the rest is described, family by family", async () => {
  await show();
  expect(screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent)).toEqual([
    "Followed first",
    "Phases",
    "Vocabulary",
    "Voice",
  ]);
  expect(screen.getByText("That is an increase.")).toBeTruthy();
  expect(screen.getByText(/From 0\.50 to 0\.60\. Described only/)).toBeTruthy();
});

test("a measure without any value is named with its reason, and drawn nowhere", async () => {
  await show();
  expect(screen.getByText("no recording").parentElement?.textContent).toBe(
    "No value in any of these sessions: Median pitch: no recording",
  );
  expect(screen.queryByRole("article", { name: "Median pitch" })).toBeNull();
});

test("arrow keys go through the sessions, and Enter would open the one that is told", async () => {
  await show();
  const link = within(screen.getByRole("article", { name: "MLU in words" })).getByRole("link");
  expect(link.getAttribute("href")).toBe("/sessions/s2?measure=mlu_words");
  expect(link.getAttribute("aria-label")).toMatch(/^MLU in words over the sessions\. Week 2/);
  link.focus();
  await userEvent.keyboard("{ArrowLeft}");
  expect(link.getAttribute("href")).toBe("/sessions/s1?measure=mlu_words");
  expect(screen.getByText(/^Week 1, 4 Mar 2026: 2\.50 .*95 %: 2\.00 to 3\.00/)).toBeTruthy();
  await userEvent.keyboard("{ArrowLeft}{End}");
  expect(link.getAttribute("href")).toBe("/sessions/s2?measure=mlu_words");
});

test("norms are shown to therapists with their source, and can be put away", async () => {
  const { container } = await show();
  await waitFor(() => {
    expect(container.querySelectorAll("[data-band=norm]")).toHaveLength(1);
  });
  const shownNorms = container.querySelector("input[role=switch]") as HTMLElement;
  expect(screen.getByText("A table of norms")).toBeTruthy();
  fireEvent.click(shownNorms);
  expect(container.querySelectorAll("[data-band=norm]")).toHaveLength(0);
});

test("norms are not even asked for by those who may not see them, and phases not stated", async () => {
  const { calls, container } = await show(["see_child"]);
  await screen.findByRole("article", { name: "Type-token ratio" });
  expect(calls.some((call) => call.url.includes("/norms"))).toBe(false);
  expect(container.querySelectorAll("[data-band=norm]")).toHaveLength(0);
  expect(screen.queryByRole("button", { name: "State the phases" })).toBeNull();
});

test("measures for researchers stand behind a fold", async () => {
  await show();
  expect(screen.queryByRole("article", { name: "Jitter" })).toBeNull();
  await userEvent.click(screen.getByText("For researchers"));
  expect(await screen.findByRole("article", { name: "Jitter" })).toBeTruthy();
});

test("a period is handed on; a stretch without sessions says so", async () => {
  const { onView } = await show();
  await userEvent.type(screen.getByLabelText("From"), "2026-03-05");
  expect(onView).toHaveBeenLastCalledWith({ first: "2026-03-05" });
  await userEvent.click(screen.getByText("Table"));
  expect(onView).toHaveBeenLastCalledWith({ view: "table" });
});

test("the table holds the same figures", async () => {
  answerFetch({
    "GET /api/access": { body: { accounts: false, actor: null } },
    "GET /api/measures": { body: MEASURES },
    "GET /api/children/c1/progress/page": { body: SHOWN },
    "GET /api/children/c1/norms": { body: NORMS },
  });
  await renderLinked(<ProgressView childId="c1" view={{ view: "table" }} onView={vi.fn()} />);
  const table = await screen.findByRole("region", { name: "Followed first, as a table" });
  expect(within(table).getAllByRole("row")[1]?.textContent).toBe(
    "Week 1, 4 Mar 2026free play2.50 (2.00 to 3.00) n = 84",
  );
});

test("phases are stated as the version that was seen", async () => {
  const { calls } = await show();
  await userEvent.click(screen.getByRole("button", { name: "State the phases" }));
  const dialog = await screen.findByRole("dialog");
  const days = within(dialog).getAllByLabelText(/^From/);
  fireEvent.change(days[0] as HTMLElement, { target: { value: "2026-03-04" } });
  fireEvent.change(within(dialog).getByLabelText(/^To \*?$/), { target: { value: "2026-03-10" } });
  fireEvent.change(days[1] as HTMLElement, { target: { value: "2026-03-11" } });
  fireEvent.change(within(dialog).getByLabelText(/^What the intervention is/), {
    target: { value: "waiting" },
  });
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  expect(await calls.find((call) => call.method === "PUT")?.json()).toEqual({
    version: 0,
    baseline: { first: "2026-03-04", last: "2026-03-10" },
    intervention: { first: "2026-03-11", last: null },
    note: "waiting",
  });
});

test("phases are compared in a table", async () => {
  const phases = {
    first: 2,
    second: 3.5,
    difference: 1.5,
    threshold: 0.9,
    n_first: 3,
    n_second: 4,
    verdict: "increase" as const,
    nap: 1,
    tau: 0.92,
    tau_corrected: true,
    p: 0.05,
    firm: false,
  };
  const plan = {
    version: 1,
    baseline: { first: "2026-03-04", last: "2026-03-10" },
    intervention: { first: "2026-03-11", last: null },
    note: "waiting",
    stated_at: "2026-03-12T09:00:00Z",
  };
  await show(["manage_goals"], { ...SHOWN, plan, measures: [told({ chosen: true, phases })] });
  const table = screen.getByRole("region", { name: "Measures in both phases" });
  expect(within(table).getAllByRole("row")[1]?.textContent).toBe(
    "MLU in words words / utterance2.00 (3 sessions)3.50 (4 sessions)1.500.901.000.92*",
  );
  expect(screen.getByText(/With fewer than five sessions.*\* The baseline's own trend/)).toBeTruthy();
  expect(
    screen.getByText(/Baseline: 4 Mar 2026 to 10 Mar 2026\. Intervention: from 11 Mar 2026 on\./),
  ).toBeTruthy();
});

test("the child's page has a few small charts and leads to all", async () => {
  const calls = answerFetch({
    "GET /api/measures": { body: MEASURES },
    "GET /api/children/c1/progress/page": { body: page(sessionsOf(2), [told({ chosen: true })]) },
  });
  await renderLinked(<FollowedCourses childId="c1" />);
  expect(await screen.findByRole("article", { name: "MLU in words" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "All measures over time" }).getAttribute("href")).toBe(
    "/children/c1/progress",
  );
  expect(calls.some((call) => call.url.endsWith("/progress/page?followed=true"))).toBe(true);
});
