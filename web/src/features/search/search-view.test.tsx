import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { FoundOut, SearchOut } from "@/api/schema";
import { SearchView } from "@/features/search/search-view";
import { answerFetch } from "@/testing/answers";
import { renderLinked } from "@/testing/render";

const PATH = "/api/children/c1/search";

const passage: FoundOut = {
  session_id: "s1",
  date: "2026-03-04",
  week: 1,
  kind: "said",
  first: 6,
  last: 7,
  text: "Sarah: the train is big\nMother: what a big train",
  score: 0.8,
};
const answer: SearchOut = { text: "train", found: [passage], n_not_indexed: 0, embedder: "lexical.v1" };

async function show(body: SearchOut | undefined, text = "train", heard: string[] = []) {
  const calls = answerFetch(body ? { [PATH]: { body } } : {});
  const onSearch = vi.fn();
  await renderLinked(<SearchView childId="c1" text={text} heard={new Set(heard)} onSearch={onSearch} />);
  return { calls, onSearch };
}

test("before anything is looked for, nothing is asked and it says what can be found", async () => {
  const { calls, onSearch } = await show(answer, "");
  expect(screen.getByText(/Write a few words/)).toBeTruthy();
  expect(calls).toEqual([]);
  expect(screen.getByRole("button", { name: "Search" }).hasAttribute("disabled")).toBe(true);
  await userEvent.type(screen.getByRole("searchbox", { name: "What it was about" }), " big trains {Enter}");
  expect(onSearch).toHaveBeenCalledWith("big trains");
});

test("a passage tells who spoke, when, and leads to its line", async () => {
  const { calls } = await show(answer, "train", ["s1"]);
  const link = await screen.findByRole("link", { name: /Listen from line 7/ });
  expect(link.getAttribute("href")).toBe("/sessions/s1#u6");
  expect(screen.getByText("Sarah:")).toBeTruthy();
  expect(screen.getByText("the train is big")).toBeTruthy();
  expect(screen.getByRole("heading", { name: /Week 1/ })).toBeTruthy();
  expect(new URL(calls[0]?.url ?? "").searchParams.get("q")).toBe("train");
});

test("without a recording it is read; a note is no speech", async () => {
  const note: FoundOut = {
    ...passage,
    kind: "note",
    first: null,
    last: null,
    text: "Goal: trains",
    week: null,
  };
  await show({ ...answer, found: [passage, note] });
  expect(await screen.findByRole("link", { name: /Read from line 7/ })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open the session" }).getAttribute("href")).toBe("/sessions/s1");
  expect(screen.getByText("Goal: trains")).toBeTruthy();
});

test("it says when only words were looked for", async () => {
  await show(answer);
  expect(await screen.findByText(/not meanings/)).toBeTruthy();
});

test("a model of meanings needs no such note", async () => {
  await show({ ...answer, embedder: "onnx.minilm" });
  expect(await screen.findByText("Sarah:")).toBeTruthy();
  expect(screen.queryByText(/not meanings/)).toBeNull();
});

test("nothing found, and sessions that cannot be searched yet", async () => {
  await show({ ...answer, found: [], n_not_indexed: 2 });
  expect(await screen.findByRole("heading", { name: "Nothing like that was found" })).toBeTruthy();
  expect(screen.getByText(/2 sessions cannot be searched yet/)).toBeTruthy();
});

test("what goes wrong is said, with a way to try again", async () => {
  const { calls } = await show(undefined);
  expect((await screen.findByRole("alert")).textContent).toContain("Not here.");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(calls.length).toBe(2);
});
