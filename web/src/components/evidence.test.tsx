import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { EvidenceOut } from "@/api/schema";
import { Claims } from "@/components/evidence";
import { renderLinked } from "@/testing/render";

const evidence = (part: Partial<EvidenceOut>): EvidenceOut => ({
  id: "e1",
  session: "s1",
  date: "2026-03-04",
  utterances: [12],
  measure: null,
  value: null,
  n: null,
  quote: null,
  ...part,
});

const claims = [{ text: "Two words were new.", evidence: ["e1"] }];

test("evidence of another session leads to its line", async () => {
  await renderLinked(<Claims claims={claims} evidence={[evidence({ measure: "word_types" })]} />);
  const link = screen.getByRole("link", { name: "4 Mar 2026 · line 13" });
  expect(link.getAttribute("href")).toBe("/sessions/s1?measure=word_types#u12");
});

test("evidence of the open session opens its line in place", async () => {
  const open = vi.fn();
  await renderLinked(<Claims claims={claims} evidence={[evidence({})]} here="s1" onOpen={open} />);
  await userEvent.click(screen.getByRole("button", { name: "line 13" }));
  expect(open).toHaveBeenCalledWith(12);
});

test("many lines are counted, not all listed", async () => {
  const many = evidence({ utterances: Array.from({ length: 9 }, (_, i) => i) });
  await renderLinked(<Claims claims={claims} evidence={[many]} />);
  expect(screen.getAllByRole("link")).toHaveLength(4);
  expect(screen.getByText("and 5 more")).toBeTruthy();
});

test("evidence without a session has no chip", async () => {
  await renderLinked(
    <Claims claims={claims} evidence={[evidence({ session: "", date: null, utterances: [] })]} />,
  );
  expect(screen.queryByRole("link")).toBeNull();
});

test("a sentence without known evidence stands without chips", async () => {
  await renderLinked(<Claims claims={[{ text: "We can't tell.", evidence: ["e9"] }]} evidence={[]} />);
  expect(screen.getByText("We can't tell.")).toBeTruthy();
  expect(screen.queryByRole("link")).toBeNull();
});
