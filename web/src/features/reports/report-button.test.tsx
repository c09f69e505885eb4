import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ReportButton } from "@/features/reports/report-button";
import { answerFetch, parentWho } from "@/testing/answers";
import { renderPlain } from "@/testing/render";

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

const asked = (calls: Request[]) =>
  calls.map((call) => new URL(call.url)).filter((url) => url.pathname.startsWith("/api/children"));

test("a therapist chooses kind, period and format, and the file is saved", async () => {
  const calls = answerFetch({
    "/api/access": parentWho("write_report", "see_letter"),
    "/api/children/c1/report": { body: "file" },
  });
  renderPlain(<ReportButton childId="c1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Report" }));
  await userEvent.click(await screen.findByRole("radio", { name: /Session note/ }));
  await userEvent.type(screen.getByLabelText("From"), "2026-03-02");
  await userEvent.click(screen.getByText("Web page"));
  await userEvent.click(screen.getByRole("button", { name: "Download" }));
  await waitFor(() => {
    expect(saved).toEqual(["session.html"]);
  });
  expect(asked(calls).map((url) => url.pathname + url.search)).toEqual([
    "/api/children/c1/report?format=html&from=2026-03-02&kind=session",
  ]);
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

test("a parent is offered the letter alone", async () => {
  const calls = answerFetch({
    "/api/access": parentWho("see_letter"),
    "/api/children/c1/letter": { body: "file" },
  });
  renderPlain(<ReportButton childId="c1" />);
  await waitFor(() => {
    expect(calls.length).toBe(1);
  });
  await userEvent.click(await screen.findByRole("button", { name: "Report" }));
  await screen.findByText("Letter about your child");
  expect(screen.queryByRole("radio", { name: /Progress/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Download" }));
  await waitFor(() => {
    expect(saved).toEqual(["letter.pdf"]);
  });
  expect(asked(calls).map((url) => url.pathname + url.search)).toEqual([
    "/api/children/c1/letter?format=pdf",
  ]);
});

test("what the server refuses is told, and nothing is saved", async () => {
  answerFetch({
    "/api/access": parentWho("see_letter"),
    "/api/children/c1/letter": {
      status: 422,
      body: { code: "report.no-session", message: "There is no session of Mia yet.", hint: "Add one." },
    },
  });
  renderPlain(<ReportButton childId="c1" />);
  await userEvent.click(await screen.findByRole("button", { name: "Report" }));
  await userEvent.click(await screen.findByRole("button", { name: "Download" }));
  expect(await screen.findByText(/There is no session of Mia yet/)).toBeTruthy();
  expect(saved).toEqual([]);
});

test("a role that may have none sees no button", async () => {
  const calls = answerFetch({ "/api/access": parentWho("see_child") });
  renderPlain(<ReportButton childId="c1" />);
  await waitFor(() => {
    expect(calls.length).toBe(1);
  });
  await waitFor(() => {
    expect(screen.queryByRole("button", { name: "Report" })).toBeNull();
  });
});
