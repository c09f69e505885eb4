import { useEffect } from "react";

/** What keys do here; what is left out does nothing. */
export interface KeyActions {
  toggle?: () => void;
  skip?: (seconds: number) => void;
  step: (by: 1 | -1) => void;
  help: () => void;
  loop?: () => void;
  edit?: () => void;
  split?: () => void;
  merge?: () => void;
  unclear?: () => void;
  retrace?: () => void;
  code?: () => void;
  /** Give the line to the nth speaker, from 1. */
  give?: (place: number) => void;
  undo?: () => void;
  redo?: () => void;
  /** Pick the next word, or the one before. */
  word?: (by: 1 | -1) => void;
  /** Pick one word more, or one less. */
  stretch?: (by: 1 | -1) => void;
  /** Pick nothing any more. */
  leave?: () => void;
}

type Act = (() => void) | undefined;

const TYPING = "input, textarea, select, [contenteditable], [role='dialog'], [role='listbox'], [role='menu']";
// A line's own button plays by Enter; Space stays play and pause there.
const PRESSED_BY_SPACE = "button:not([data-line]), a, summary, [role='switch']";
const PRESSED_BY_ENTER = "button, a, summary, [role='switch']";

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Arrow keys belong to the work place only while the reader is in it; elsewhere they scroll the page. */
const isAtWork = (target: EventTarget | null): boolean =>
  target === document.body || (within(target, "[data-workplace]") && !within(target, "[role='slider']"));

const by = <T>(act: ((value: T) => void) | undefined, value: T): Act =>
  act &&
  (() => {
    act(value);
  });

/** Ctrl and a letter: only undoing is ours, the rest is the browser's. */
function withControl({ key, shiftKey, altKey }: KeyboardEvent, actions: KeyActions): Act {
  if (altKey || key.toLowerCase() !== "z") return undefined;
  return shiftKey ? actions.redo : actions.undo;
}

function ofLetter(event: KeyboardEvent, actions: KeyActions): Act {
  const letter = event.key.toLowerCase();
  const plain: Record<string, Act> = {
    j: by(actions.step, 1),
    k: by(actions.step, -1),
    l: actions.loop,
    e: actions.edit,
    s: actions.split,
    m: actions.merge,
    x: actions.unclear,
    r: actions.retrace,
    c: actions.code,
    u: actions.undo,
    w: by(actions.word, event.shiftKey ? -1 : 1),
    escape: actions.leave,
    "?": actions.help,
  };
  if (/^[1-4]$/.test(letter)) return by(actions.give, Number(letter));
  return plain[letter];
}

function ofArrow({ key, shiftKey }: KeyboardEvent, { step, skip, stretch }: KeyActions): Act {
  if (key === "ArrowDown") return by(step, 1);
  if (key === "ArrowUp") return by(step, -1);
  if (key === "ArrowRight") return shiftKey ? by(stretch, 1) : by(skip, 2);
  if (key === "ArrowLeft") return shiftKey ? by(stretch, -1) : by(skip, -2);
  return undefined;
}

/** What a key means here; null when it is not ours. */
export function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | null {
  const { target, key } = event;
  if (event.defaultPrevented || within(target, TYPING)) return null;
  if (event.ctrlKey || event.metaKey) return withControl(event, actions) ?? null;
  if (event.altKey) return null;
  if (key === " ") return within(target, PRESSED_BY_SPACE) ? null : (actions.toggle ?? null);
  if (key === "Enter") return within(target, PRESSED_BY_ENTER) ? null : (actions.edit ?? null);
  return ofLetter(event, actions) ?? (isAtWork(target) ? (ofArrow(event, actions) ?? null) : null);
}

export function useKeys(actions: KeyActions) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const act = actionOf(event, actions);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
    };
  }, [actions]);
}
