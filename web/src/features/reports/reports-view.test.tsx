import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PreviewOut, SignedReportOut } from "@/api/schema";
import { ReportsView } from "@/features/reports/reports-view";
import { answerFetch, parentWho } from "@/testing/answers";
import { renderPlain } from "@/testing/render";

const DIGEST = "d".repeat(64);
const REPORTS = "/api/children/c1/reports";
const preview = (part: Partial<PreviewOut> = {}): PreviewOut => ({
  html: "<p>Draft until signed</p>",
  text_sha256: DIGEST,
  sections: [
    { key: "sessions", title: "Sessions" },
    { key: "norms", title: "Norms" },
  ],
  session_id: null,
  ...part,
});
const signed = (part: Partial<SignedReportOut> = {}): SignedReportOut => ({
  id: "c1-0001",
  kind: "progress",
  audience: "slp",
  first: "2026-03-02",
  last: "2026-03-30",
  session_id: null,
  version: 1,
  replaces: null,
  signer: "Ana Ruiz",
  signed_at: "2026-11-26T09:30:00.000Z",
  text_sha256: DIGEST,
  facts_sha256: DIGEST,
  formats: ["pdf", "html"],
  state: "current",
  n_edited: 0,
  rules: [],
  n_rereviewed: 0,
  phases_changed: false,
  n_removed: 0,
  n_added: 0,
  note_changed: false,
  ...part,
});

const saved: string[] = [];
beforeEach(() => {
  saved.length = 0;
  URL.createObjectURL = () => "blob:report";
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const therapist = parentWho("write_report", "sign_report", "see_letter");

function shown(more: Parameters<typeof answerFetch>[0] = {}) {
  const calls = answerFetch({
    "/api/access": therapist,
    [`${REPORTS}/preview`]: { body: preview() },
    [`GET ${REPORTS}`]: { body: [] },
    "/api/children/c1/report": { body: "file" },
    ...more,
  });
  renderPlain(<ReportsView childId="c1" />);
  return calls;
}

const asked = (calls: Request[], path: string) =>
  calls.map((call) => new URL(call.url)).filter((url) => url.pathname === path);

test("the page stands in a frame that may run nothing", async () => {
  shown();
  const frame = await screen.findByTitle("Progress report, as a page");
  expect(frame.getAttribute("sandbox")).toBe("");
  expect(frame.getAttribute("srcdoc")).toContain("Draft until signed");
});

test("kind, period and sections go into preview and download", async () => {
  const calls = shown();
  await userEvent.click(await screen.findByRole("radio", { name: /Goal report/ }));
  await userEvent.type(screen.getByLabelText("From"), "2026-03-02");
  await userEvent.click(await screen.findByRole("checkbox", { name: "Norms" }));
  await userEvent.click(screen.getByText("Web page"));
  await userEvent.click(screen.getByRole("button", { name: "Download the draft" }));
  await waitFor(() => {
    expect(saved).toEqual(["goals.html"]);
  });
  const query = "?kind=goals&section=sessions&only=true&from=2026-03-02";
  expect(asked(calls, "/api/children/c1/report").map((url) => url.search)).toEqual([`${query}&format=html`]);
  await waitFor(() => {
    const last = asked(calls, `${REPORTS}/preview`).at(-1);
    expect([...(last?.searchParams ?? [])].sort()).toEqual([...[...new URLSearchParams(query)].sort()]);
  });
});

test("what was previewed is signed, and stands in the list", async () => {
  const calls = shown({ [`POST ${REPORTS}`]: { status: 201, body: [signed()] } });
  await screen.findByText("None yet.");
  const open = await screen.findByRole("button", { name: "Sign…" });
  await waitFor(() => {
    expect(open.hasAttribute("disabled")).toBe(false);
  });
  await userEvent.click(open);
  const dialog = await screen.findByRole("dialog");
  const send = within(dialog).getByRole("button", { name: "Sign" });
  expect(send.hasAttribute("disabled")).toBe(true);
  await userEvent.type(within(dialog).getByLabelText(/Your name/), "Ana Ruiz");
  await userEvent.click(within(dialog).getByRole("checkbox"));
  await userEvent.click(send);
  await screen.findByRole("heading", { name: "Progress report, version 1" });
  expect(screen.getByText("Signed by Ana Ruiz on 26 Nov 2026")).toBeTruthy();
  const body: unknown = await calls.find((call) => call.method === "POST")?.json();
  expect(body).toEqual({
    kind: "progress",
    first: null,
    last: null,
    sections: null,
    signer: "Ana Ruiz",
    text_sha256: DIGEST,
    seen: 0,
  });
});

test("a signature that the server refuses is told", async () => {
  shown({
    [`POST ${REPORTS}`]: {
      status: 409,
      body: { code: "report.changed", message: "The report is not the one.", hint: "Look at it." },
    },
  });
  await screen.findByText("None yet.");
  await userEvent.click(await screen.findByRole("button", { name: "Sign…" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/Your name/), "Ana Ruiz");
  await userEvent.click(within(dialog).getByRole("checkbox"));
  await userEvent.click(within(dialog).getByRole("button", { name: "Sign" }));
  expect(await screen.findByText(/The report is not the one/)).toBeTruthy();
});

test("the list tells versions and what has changed since", async () => {
  shown({
    [`GET ${REPORTS}`]: {
      body: [
        signed({ id: "r2", version: 2, replaces: "r1", state: "outdated", n_edited: 2, n_added: 1 }),
        signed({ id: "r1", state: "replaced" }),
        signed({
          id: "r3",
          kind: "goals",
          state: "outdated",
          rules: ["mlu_words.v1"],
          n_rereviewed: 1,
          phases_changed: true,
        }),
        signed({ id: "r0", kind: "session", last: "2026-03-02" }),
      ],
    },
    [`${REPORTS}/r1`]: { body: "file" },
  });
  expect(await screen.findAllByText("Something has changed")).toHaveLength(2);
  expect(screen.getByText(/The transcripts of 2 sessions were changed.*1 session was added/)).toBeTruthy();
  expect(
    screen.getByText(
      /mlu_words\.v1 then.*review of 1 transcript is another.*phases of the work.*Make it again\?/,
    ),
  ).toBeTruthy();
  expect(screen.getByText("Replaces version 1 of 26 Nov 2026.")).toBeTruthy();
  expect(screen.getByText("Session of 2 Mar 2026")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Download Progress report, version 1 as PDF" }));
  await waitFor(() => {
    expect(saved).toEqual(["progress-v1.pdf"]);
  });
});

test("S and P of a note are saved over the version that was seen", async () => {
  const note = "/api/sessions/s1/note";
  const kept = { subjective: "", plan: "Songs", version: 3, at: "2026-03-04T10:00:00.000Z", n_versions: 3 };
  const calls = shown({
    [`${REPORTS}/preview`]: { body: preview({ session_id: "s1" }) },
    [`GET ${note}`]: { body: kept },
    [`PUT ${note}`]: { body: { ...kept, subjective: "Mum says", version: 4, n_versions: 4 } },
  });
  await userEvent.type(await screen.findByLabelText(/^S:/), "Mum says");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Version 4/)).toBeTruthy();
  const body: unknown = await calls.find((call) => call.method === "PUT")?.json();
  expect(body).toEqual({ subjective: "Mum says", plan: "Songs", version: 3 });
});

test("a family sees the letter and the signed letters, and signs nothing", async () => {
  const calls = shown({
    "/api/access": parentWho("see_letter"),
    "/api/children/c1/letter": { body: "the letter" },
  });
  await screen.findByTitle("Letter to the family, as a page");
  await screen.findByText("None yet.");
  expect(screen.queryByRole("radio", { name: /Progress/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Sign…" })).toBeNull();
  expect(asked(calls, "/api/children/c1/report")).toEqual([]);
});
