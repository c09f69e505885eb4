import { afterEach, expect, test } from "vitest";
import { pickedAt, stepWord, stretch, tokenAtCaret, wordsOf } from "@/features/session/edit/picking";
import { token, utterance } from "@/testing/fixtures";

const line = utterance({
  index: 3,
  raw: "+< a noosh [: nose] , nose .",
  tokens: [
    token("+<", { kind: "linker" }),
    token("a"),
    token("noosh"),
    token(",", { kind: "separator" }),
    token("nose"),
    token(".", { kind: "terminator" }),
  ],
});
const run = (first: number, last = first) => ({ index: 3, first, last });

afterEach(() => {
  document.body.innerHTML = "";
});

test("words are walked, marks are not words", () => {
  expect(stepWord(line, null, 1)).toEqual(run(1));
  expect(stepWord(line, null, -1)).toEqual(run(4));
  expect(stepWord(line, run(2), 1)).toEqual(run(4));
  expect(stepWord(line, run(4), 1)).toEqual(run(4));
  expect(stepWord(line, run(2, 4), -1)).toEqual(run(1));
  // What is picked in another line is no place in this one.
  expect(stepWord(line, { index: 9, first: 2, last: 2 }, 1)).toEqual(run(1));
  expect(stepWord(utterance({ tokens: [] }), null, 1)).toBeNull();
});

test("a run grows and shrinks at its end", () => {
  expect(stretch(line, null, 1)).toEqual(run(1));
  expect(stretch(line, run(1), 1)).toEqual(run(1, 2));
  expect(stretch(line, run(1, 2), 1)).toEqual(run(1, 4));
  expect(stretch(line, run(1, 4), 1)).toEqual(run(1, 4));
  expect(stretch(line, run(1, 4), -1)).toEqual(run(1, 2));
  expect(stretch(line, run(1), -1)).toEqual(run(1));
  expect(wordsOf(line, run(1, 2))).toBe("a noosh");
});

test("a caret in the text stands before a word; letters inside brackets are none", () => {
  const at = (text: string) => tokenAtCaret(line, line.raw.indexOf(text));
  expect(at("+<")).toBe(0);
  expect(at("a noosh")).toBe(1);
  expect(at("oosh")).toBe(2);
  expect(at(", nose")).toBe(3);
  expect(tokenAtCaret(line, line.raw.lastIndexOf("nose"))).toBe(4);
  expect(tokenAtCaret(line, line.raw.length)).toBeNull();
});

test("what is clicked is a word of a line", () => {
  document.body.innerHTML =
    '<div data-index="3"><button id="b">x</button><i data-token="2"><b id="in">w</b></i></div>';
  expect(pickedAt(document.getElementById("in"))).toEqual(run(2));
  expect(pickedAt(document.getElementById("in")?.firstChild ?? null)).toEqual(run(2));
  expect(pickedAt(document.getElementById("b"))).toBeNull();
});
