import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ProgressVerdict } from "@/features/child/progress-verdict";
import { progress } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

test("a verdict is told with what it rests on", async () => {
  await renderLinked(<ProgressVerdict progress={progress([])} />);
  expect(screen.getByText(/No clear change$/)).toBeTruthy();
  expect(screen.getByText(/within the 0\.61 words\..* The error is a published one, until/)).toBeTruthy();
});

test("the child's own error is named", async () => {
  const error = { source: "own" as const, sem: 0.2, n: 50, n_sessions: 8 };
  await renderLinked(<ProgressVerdict progress={progress([], { basis: "means", error })} />);
  expect(
    screen.getByText(/averages of the first and the last sessions\. .*child's own, from 8 sessions/),
  ).toBeTruthy();
});

test("where nothing can be told there is no basis; a doubtful date is asked about", async () => {
  const told = ["We cannot tell: a change needs another recording that can be compared."];
  const warnings = ["a.cha: the date 2026-03-02 lies 90 days later than the age says."];
  await renderLinked(
    <ProgressVerdict progress={progress([], { verdict: "cannot_tell", basis: "nothing", told, warnings })} />,
  );
  expect(screen.getByText(told[0] ?? "")).toBeTruthy();
  expect(screen.getByText(/^Please check a\.cha: the date/)).toBeTruthy();
});
