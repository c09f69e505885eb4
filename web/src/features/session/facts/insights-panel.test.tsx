import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { InsightOut } from "@/api/schema";
import { InsightsPanel } from "@/features/session/facts/insights-panel";
import { renderPlain } from "@/testing/render";

const insight = (part: Partial<InsightOut> = {}): InsightOut => ({
  id: "i1",
  kind: "change",
  key: "0".repeat(24),
  claims: [{ text: "Longer than before.", evidence: [] }],
  evidence: [],
  measure: null,
  verdict: "descriptive",
  status: "draft",
  engine: "rules",
  about: "",
  version: 0,
  is_edited: false,
  is_outdated: false,
  ...part,
});

function show(part: Partial<Parameters<typeof InsightsPanel>[0]> = {}) {
  const onWhoIsWho = vi.fn();
  const here = { session: "s1", plays: false, onLine: vi.fn(), onMeasure: vi.fn() };
  renderPlain(
    <InsightsPanel
      childId="c1"
      insights={[insight()]}
      transcript="raw"
      unknown="nobody"
      onWhoIsWho={onWhoIsWho}
      here={here}
      {...part}
    />,
  );
  return onWhoIsWho;
}

test("insights say on what kind of transcript they rest", () => {
  show();
  expect(screen.getByText("unreviewed transcript")).toBeTruthy();
  expect(screen.getByText("Longer than before.")).toBeTruthy();
});

test("insights wait until somebody says which voice is the child's", async () => {
  const onWhoIsWho = show({ unknown: "child" });
  expect(screen.queryByText("Longer than before.")).toBeNull();
  expect(screen.getByRole("note").textContent).toContain("Insights wait until somebody says who speaks.");
  await userEvent.click(screen.getByRole("button", { name: "Say who is who" }));
  expect(onWhoIsWho).toHaveBeenCalledOnce();
});

test("where another voice is unknown they are shown, and may change", () => {
  show({ unknown: "some", onWhoIsWho: undefined });
  expect(screen.getByText("Longer than before.")).toBeTruthy();
  expect(screen.getByRole("note").textContent).toContain("may change");
  expect(screen.queryByRole("button", { name: "Say who is who" })).toBeNull();
});

test("what was approved on figures that changed is flagged", () => {
  show({ insights: [insight({ status: "approved", is_outdated: true })] });
  expect(screen.getByText(/The figures have changed since this was approved/)).toBeTruthy();
  expect(screen.getByText(/Approve the one that was made anew/)).toBeTruthy();
});
