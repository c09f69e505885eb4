import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { SeriesChart } from "@/features/child/series-chart";
import { SeriesTable } from "@/features/child/series-table";
import { point, progress, series } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const some = series([
  point({ n: 41, reliability: "rough", context: "blocks" }),
  point({ session_id: "s2", date: "2026-03-11", week: 2, value: null, n: null, reason: "no time codes" }),
]);

test("every session is a link that says its figure or why there is none", async () => {
  await renderLinked(<SeriesChart series={some} />);
  const links = screen.getAllByRole("link");
  expect(links.map((link) => link.getAttribute("aria-label"))).toEqual([
    "Week 1, 4 Mar 2026: 2.50 words / utterance, n = 41 utterances. blocks. Rough: 41 of the 50 utterances it needs",
    "Week 2, 11 Mar 2026: no value: no time codes",
  ]);
  expect(links[1]?.getAttribute("href")).toBe("/sessions/s2?measure=mlu_words");
});

test("the caption explains hollow dots and crosses, and gives way to the mark in focus", async () => {
  await renderLinked(<SeriesChart series={some} />);
  expect(screen.getByText(/Hollow dots rest on little material\. A cross marks/)).toBeTruthy();
  await userEvent.hover(screen.getAllByRole("link")[1] as Element);
  expect(screen.getByText("Week 2, 11 Mar 2026: no value: no time codes")).toBeTruthy();
});

test("a full series needs no such words", async () => {
  await renderLinked(<SeriesChart series={series([point()])} />);
  expect(screen.queryByText(/Hollow|cross/)).toBeNull();
});

test("the table holds the same", async () => {
  await renderLinked(<SeriesTable series={some} />);
  const cells = screen.getAllByRole("cell", { hidden: true }).map((cell) => cell.textContent);
  expect(cells).toEqual([
    "2 years 6 months",
    "2.50",
    "",
    "41",
    "Rough: 41 of the 50 utterances it needs. blocks",
    "2 years 6 months",
    "—",
    "",
    "",
    "no time codes",
  ]);
});

const known = progress([
  { session_id: "s1", value: 2.5, n: 41, low: 1.9, high: 3.1, interval: "between_sessions", left_out: null },
  { session_id: "s2", value: null, n: null, low: null, high: null, interval: null, left_out: "no_value" },
]);
const apart = progress([
  { session_id: "s1", value: 2.5, n: 41, low: 1.9, high: 3.1, interval: "wilson", left_out: "other_context" },
]);

test("with errors the bars are drawn and told; what enters the verdict is a full dot", async () => {
  const { container } = await renderLinked(<SeriesChart series={some} progress={known} />);
  expect(container.querySelectorAll("path[class*=bar]")).toHaveLength(1);
  expect(container.querySelectorAll("circle[class*=dot]")).toHaveLength(1);
  expect(screen.getByText(/Bars, 95 %: how far sessions lie apart without any change/)).toBeTruthy();
  expect(screen.queryByText(/Hollow/)).toBeNull();
  expect(screen.getAllByRole("link")[0]?.getAttribute("aria-label")).toContain("95 %: 1.90 to 3.10");
});

test("a session that enters no verdict is hollow and says why, in the chart and in the table", async () => {
  const { container } = await renderLinked(
    <>
      <SeriesChart series={some} progress={apart} />
      <SeriesTable series={some} progress={apart} />
    </>,
  );
  expect(container.querySelectorAll("circle[class*=hollow]")).toHaveLength(1);
  expect(screen.getByText(/Hollow dots enter no verdict; each says why\./)).toBeTruthy();
  const why = "In no verdict: the situation is another one";
  expect(screen.getAllByRole("link")[0]?.getAttribute("aria-label")).toContain(why);
  expect(screen.getAllByRole("cell", { hidden: true })[4]?.textContent).toContain(why);
  expect(screen.getAllByRole("cell", { hidden: true })[2]?.textContent).toBe("1.90 to 3.10");
});

test("errors of another measure are not drawn", async () => {
  const other = progress(known.points, { measure: { ...known.measure, id: "ttr" } });
  const { container } = await renderLinked(<SeriesChart series={some} progress={other} />);
  expect(container.querySelectorAll("path[class*=bar]")).toHaveLength(0);
});
