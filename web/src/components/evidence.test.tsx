import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { EvidenceOut } from "@/api/schema";
import { Claims, type Here } from "@/components/evidence";
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

const many = Array.from({ length: 9 }, (_, i) => i);
const hereAt = (session: string): Here => ({ session, plays: true, onLine: vi.fn(), onMeasure: vi.fn() });

test("evidence of the open session opens its line in place", async () => {
  const here = hereAt("s1");
  await renderLinked(<Claims claims={claims} evidence={[evidence({})]} here={here} />);
  await userEvent.click(screen.getByRole("button", { name: "line 13" }));
  expect(here.onLine).toHaveBeenCalledExactlyOnceWith(12);
});

test("many lines of a measure are one chip, which marks them all", async () => {
  const here = hereAt("s1");
  const items = [evidence({ utterances: many, measure: "mlu_words" })];
  await renderLinked(<Claims claims={claims} evidence={items} here={here} />);
  await userEvent.click(screen.getByRole("button", { name: "9 lines" }));
  expect(here.onMeasure).toHaveBeenCalledExactlyOnceWith("mlu_words");
});

test("many lines of a measure elsewhere are one link to them", async () => {
  const items = [evidence({ utterances: many, measure: "mlu_words" })];
  await renderLinked(<Claims claims={claims} evidence={items} here={hereAt("s2")} />);
  const link = screen.getByRole("link", { name: "4 Mar 2026 · 9 lines" });
  expect(link.getAttribute("href")).toBe("/sessions/s1?measure=mlu_words");
});

test("the week of a session is cited and is no measure to open", async () => {
  const cited = [{ text: "In week 1 it was 24.7 %.", evidence: ["e1", "e2", "e3"] }];
  const items = [
    evidence({ id: "e1", utterances: [], measure: "week", value: 1 }),
    evidence({ id: "e2", utterances: many, measure: "maze_words_pct", value: 24.7 }),
    evidence({ id: "e3", utterances: [], measure: "maze_words_pct.change", value: -18 }),
  ];
  await renderLinked(<Claims claims={cited} evidence={items} />);
  const link = screen.getByRole("link", { name: "4 Mar 2026 · 9 lines" });
  expect(link.getAttribute("href")).toBe("/sessions/s1?measure=maze_words_pct");
});

test("many lines of no measure are counted, not all listed", async () => {
  await renderLinked(<Claims claims={claims} evidence={[evidence({ utterances: many })]} />);
  expect(screen.getAllByRole("link")).toHaveLength(4);
  expect(screen.getByText("and 5 more")).toBeTruthy();
});

test("evidence without a session has no chip", async () => {
  await renderLinked(
    <Claims claims={claims} evidence={[evidence({ session: "", date: null, utterances: [] })]} />,
  );
  expect(screen.queryByRole("link")).toBeNull();
});

test("evidence of one session is one group, with all its lines", async () => {
  const items = [
    evidence({ utterances: [] }),
    evidence({ id: "e2", utterances: [4] }),
    evidence({ id: "e3", utterances: [4, 7] }),
  ];
  await renderLinked(<Claims claims={[{ text: "Both.", evidence: ["e1", "e2", "e3"] }]} evidence={items} />);
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
    "4 Mar 2026 · line 5",
    "line 8",
  ]);
});

test("a sentence without known evidence stands without chips", async () => {
  await renderLinked(<Claims claims={[{ text: "We can't tell.", evidence: ["e9"] }]} evidence={[]} />);
  expect(screen.getByText("We can't tell.")).toBeTruthy();
  expect(screen.queryByRole("link")).toBeNull();
});
