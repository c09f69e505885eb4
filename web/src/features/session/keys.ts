import { useEffect } from "react";

export interface KeyActions {
  toggle?: () => void;
  skip?: (seconds: number) => void;
  step: (by: 1 | -1) => void;
  help: () => void;
}

const TYPING = "input, textarea, select, [contenteditable], [role='dialog'], [role='listbox']";
// A line's own button plays by Enter; Space stays play and pause there.
const PRESSED_BY_SPACE = "button:not([data-line]), a, summary, [role='switch']";

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Arrow keys belong to the work place only while the reader is in it; elsewhere they scroll the page. */
const isAtWork = (target: EventTarget | null): boolean =>
  target === document.body || (within(target, "[data-workplace]") && !within(target, "[role='slider']"));

/** What a key means here; null when it is not ours. */
export function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | null {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || within(target, TYPING)) return null;
  if (key === "?") return actions.help;
  if (key === " " && !within(target, PRESSED_BY_SPACE)) return actions.toggle ?? null;
  const { skip, step } = actions;
  if (key === "j" || key === "J")
    return () => {
      step(1);
    };
  if (key === "k" || key === "K")
    return () => {
      step(-1);
    };
  if (!isAtWork(target)) return null;
  if (key === "ArrowDown")
    return () => {
      step(1);
    };
  if (key === "ArrowUp")
    return () => {
      step(-1);
    };
  if (key === "ArrowRight" && skip)
    return () => {
      skip(2);
    };
  if (key === "ArrowLeft" && skip)
    return () => {
      skip(-2);
    };
  return null;
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
