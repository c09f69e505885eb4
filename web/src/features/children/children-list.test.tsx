import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ChildrenList, matching } from "@/features/children/children-list";
import { child, point, series } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const items = [
  child({ id: "c1", name: "Zoë" }),
  child({ id: "c2", name: "Ada", n_jobs_open: 2 }),
  child({
    id: "c3",
    name: "أمينة",
    n_sessions: 0,
    last_session_date: null,
    age_months: null,
    headline: series([]),
  }),
];

test("search minds neither case nor accents", () => {
  expect(matching(items, " zoe ").map(({ id }) => id)).toEqual(["c1"]);
  expect(matching(items, "").length).toBe(3);
});

test("a row says who, when, how much and what it rests on", async () => {
  await renderLinked(<ChildrenList items={items} />);
  const row = screen.getByRole("link", { name: "Zoë" }).closest("li");
  expect(row?.textContent).toMatch(
    /2 years 7 months.*4 Mar 2026.*1 session.*2\.50.*MLU in words, n = 84 utterances/,
  );
  expect(screen.getByText("2 recordings being processed")).toBeTruthy();
  expect(screen.getByText("no session yet")).toBeTruthy();
});

test("a child without any value shows the reason, not a number", async () => {
  const none = child({
    headline: series([point({ value: null, reason: "nobody is told to be the child" })]),
  });
  await renderLinked(<ChildrenList items={[none]} />);
  expect(screen.getByText("nobody is told to be the child")).toBeTruthy();
});

test("keys: slash to search, arrows to walk", async () => {
  await renderLinked(<ChildrenList items={items} />);
  await userEvent.keyboard("/");
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Zoë");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}");
  expect(document.activeElement?.textContent).toBe("Ada");
});

test("a search without a match says so", async () => {
  await renderLinked(<ChildrenList items={items} />);
  await userEvent.type(screen.getByRole("searchbox"), "nobody");
  expect(screen.getByRole("status").textContent).toBe("No child of that name.");
});
