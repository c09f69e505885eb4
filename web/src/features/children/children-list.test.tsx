import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { ChildOut } from "@/api/schema";
import { ChildrenList } from "@/features/children/children-list";
import { useChildrenFound } from "@/features/children/get-children";
import { child, childrenPage, headline } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const NAMES = ["Ada", "Ben", "Cleo", "Dan", "Eva"];
const many = NAMES.map((name, i) => child({ id: `c${i}`, name }));
let asked: string[] = [];

beforeEach(() => {
  asked = [];
});

/** A server that knows these children, two on a page. */
function serve(items: ChildOut[], size = 2) {
  vi.stubGlobal("fetch", (request: Request) => {
    const { search, searchParams } = new URL(request.url);
    asked.push(search);
    const words = searchParams.get("search")?.toLowerCase() ?? "";
    const found = items.filter(({ name }) => name.toLowerCase().includes(words));
    const from = found.findIndex(({ id }) => id === searchParams.get("after")) + 1;
    const page = found.slice(from, from + size);
    const part = { total: found.length, has_more: from + size < found.length };
    return Promise.resolve(Response.json(childrenPage(page, part)));
  });
}

function Found() {
  const found = useChildrenFound();
  return found.query.data ? <ChildrenList found={found} {...found.query.data} /> : null;
}

const shown = () => screen.getAllByRole("listitem").map((row) => row.querySelector("a")?.textContent);

test("a row says who, when, how much and what it rests on", async () => {
  const empty = { n_sessions: 0, last_session_date: null, age_months: null };
  const none = headline({ recent: [], value: null, n: null, reliability: null });
  serve([
    child({ name: "Zoë", n_jobs_open: 2 }),
    child({ id: "c3", name: "أمينة", ...empty, headline: none }),
  ]);
  await renderLinked(<Found />);
  const row = (await screen.findByRole("link", { name: "Zoë" })).closest("li");
  expect(row?.textContent).toMatch(
    /2 years 7 months.*4 Mar 2026.*1 session.*2\.50.*MLU in words, n = 84 utterances/,
  );
  expect(screen.getByText("2 recordings being processed")).toBeTruthy();
  expect(screen.getByText("no session yet")).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe("2 children");
});

test("a child without any value shows the reason, not a number", async () => {
  const reason = "nobody is told to be the child";
  serve([child({ headline: headline({ recent: [null], value: null, n: null, reason }) })]);
  await renderLinked(<Found />);
  expect(await screen.findByText(reason)).toBeTruthy();
});

test("more are shown page by page, and the focus goes on with the first of those that came", async () => {
  serve(many);
  await renderLinked(<Found />);
  await waitFor(() => {
    expect(shown()).toEqual(["Ada", "Ben"]);
  });
  expect(screen.getByRole("status").textContent).toBe("2 of 5 children");
  await userEvent.click(screen.getByRole("button", { name: "Show more" }));
  await waitFor(() => {
    expect(document.activeElement?.textContent).toBe("Cleo");
  });
  await userEvent.click(screen.getByRole("button", { name: "Show more" }));
  await waitFor(() => {
    expect(shown()).toEqual(NAMES);
  });
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("5 children");
  expect(asked).toEqual(["", "?after=c1", "?after=c3"]);
});

test("keys: slash to search, arrows to walk the rows and the button after them", async () => {
  serve(many);
  await renderLinked(<Found />);
  await screen.findByRole("link", { name: "Ada" });
  await userEvent.keyboard("/");
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Ada");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Show more");
  await userEvent.keyboard("{ArrowUp}");
  expect(document.activeElement?.textContent).toBe("Ben");
});

test("the server is asked for the words, on all its pages, and the field keeps the focus", async () => {
  serve(many);
  await renderLinked(<Found />);
  await screen.findByRole("link", { name: "Ada" });
  await userEvent.type(screen.getByRole("searchbox"), " eva ");
  await waitFor(() => {
    expect(shown()).toEqual(["Eva"]);
  });
  expect(asked.at(-1)).toBe("?search=eva");
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
});

test("a search without a match says so", async () => {
  serve(many);
  await renderLinked(<Found />);
  await userEvent.type(await screen.findByRole("searchbox"), "nobody");
  expect(await screen.findByText("No child of that name.")).toBe(screen.getByRole("status"));
});
