import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ReportButton } from "@/features/reports/report-button";
import { answerFetch, parentWho } from "@/testing/answers";
import { renderLinked } from "@/testing/render";

test("leads to the child's reports, a family to its letters", async () => {
  answerFetch({ "/api/access": parentWho("write_report", "see_letter") });
  await renderLinked(<ReportButton childId="c1" />);
  expect((await screen.findByRole("link", { name: "Reports" })).getAttribute("href")).toBe(
    "/children/c1/reports",
  );
});

test("a family is led to its letters", async () => {
  answerFetch({ "/api/access": parentWho("see_letter") });
  await renderLinked(<ReportButton childId="c1" />);
  expect(await screen.findByRole("link", { name: "Letters" })).toBeTruthy();
});

test("a role that may have none sees nothing", async () => {
  const calls = answerFetch({ "/api/access": parentWho("see_child") });
  await renderLinked(<ReportButton childId="c1" />);
  await waitFor(() => {
    expect(calls.length).toBe(1);
  });
  await waitFor(() => {
    expect(screen.queryByRole("link")).toBeNull();
  });
});
