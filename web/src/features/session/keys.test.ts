import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { actionOf } from "@/features/session/keys";

const actions = {
  toggle: vi.fn(),
  skip: vi.fn(),
  step: vi.fn(),
  help: vi.fn(),
  loop: vi.fn(),
  edit: vi.fn(),
  split: vi.fn(),
  merge: vi.fn(),
  unclear: vi.fn(),
  retrace: vi.fn(),
  code: vi.fn(),
  give: vi.fn(),
  undo: vi.fn(),
  redo: vi.fn(),
  word: vi.fn(),
  stretch: vi.fn(),
  leave: vi.fn(),
};

beforeEach(() => {
  document.body.innerHTML =
    '<div data-workplace><button id="play"></button><button id="line" data-line></button><i id="slider" role="slider"></i></div>' +
    '<aside><p id="aside" tabindex="0"></p></aside><input id="input" />';
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.clearAllMocks();
});

function press(key: string, id?: string, init: KeyboardEventInit = {}): boolean {
  let action: (() => void) | null = null;
  const target = id ? document.getElementById(id) : document.body;
  const listen = (event: Event) => {
    action = actionOf(event as KeyboardEvent, actions);
  };
  target?.addEventListener("keydown", listen);
  target?.dispatchEvent(new KeyboardEvent("keydown", { key, ...init }));
  target?.removeEventListener("keydown", listen);
  (action as (() => void) | null)?.();
  return action !== null;
}

test("J and K step, the arrows too while at work", () => {
  ["j", "K", "ArrowDown", "ArrowUp"].forEach((key) => press(key));
  expect(actions.step.mock.calls).toEqual([[1], [-1], [1], [-1]]);
});

test("outside of the work place arrows scroll the page", () => {
  expect(press("ArrowDown", "aside")).toBe(false);
  expect(press("ArrowDown", "line")).toBe(true);
});

test("a slider keeps its arrows, and only those", () => {
  expect(press("ArrowRight", "slider")).toBe(false);
  expect(press("j", "slider")).toBe(true);
});

test("space plays, unless it presses a button", () => {
  expect(press(" ")).toBe(true);
  expect(press(" ", "line")).toBe(true);
  expect(press(" ", "play")).toBe(false);
  expect(actions.toggle).toHaveBeenCalledTimes(2);
});

test("who types is left alone, and so is the browser", () => {
  expect(press("j", "input")).toBe(false);
  expect(press("k", undefined, { ctrlKey: true })).toBe(false);
});

test("without a recording there is nothing to play or to skip", () => {
  const silent = { step: actions.step, help: actions.help };
  const event = (key: string) => new KeyboardEvent("keydown", { key });
  expect(actionOf(event(" "), silent)).toBeNull();
  expect(actionOf(event("ArrowLeft"), silent)).toBeNull();
});

test("arrows seek two seconds, the question mark helps", () => {
  press("ArrowRight");
  press("ArrowLeft");
  press("?");
  expect(actions.skip.mock.calls).toEqual([[2], [-2]]);
  expect(actions.help).toHaveBeenCalledOnce();
});

test.each([
  ["l", "loop"],
  ["e", "edit"],
  ["Enter", "edit"],
  ["s", "split"],
  ["m", "merge"],
  ["x", "unclear"],
  ["r", "retrace"],
  ["c", "code"],
  ["u", "undo"],
  ["Escape", "leave"],
] as const)("%s: %s", (key, name) => {
  expect(press(key)).toBe(true);
  expect(actions[name]).toHaveBeenCalledOnce();
  expect(press(key, "input")).toBe(false);
});

test("numbers give the line to a speaker, W and the shifted arrows pick words", () => {
  press("1");
  press("4");
  expect(press("5")).toBe(false);
  press("w");
  press("W", undefined, { shiftKey: true });
  press("ArrowRight", undefined, { shiftKey: true });
  press("ArrowLeft", undefined, { shiftKey: true });
  expect(actions.give.mock.calls).toEqual([[1], [4]]);
  expect(actions.word.mock.calls).toEqual([[1], [-1]]);
  expect(actions.stretch.mock.calls).toEqual([[1], [-1]]);
  expect(actions.skip).not.toHaveBeenCalled();
});

test("Ctrl+Z undoes and Shift+Ctrl+Z does it again; other such keys are the browser's", () => {
  expect(press("z", undefined, { ctrlKey: true })).toBe(true);
  expect(press("Z", undefined, { metaKey: true, shiftKey: true })).toBe(true);
  expect(actions.undo).toHaveBeenCalledOnce();
  expect(actions.redo).toHaveBeenCalledOnce();
  expect(press("z", "input", { ctrlKey: true })).toBe(false);
  for (const key of ["r", "c", "x", "s", "e"]) expect(press(key, undefined, { ctrlKey: true })).toBe(false);
});

test("Enter on a button presses it", () => {
  expect(press("Enter", "line")).toBe(false);
  expect(press("e", "line")).toBe(true);
});
