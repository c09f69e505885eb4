import { useEffect, useRef } from "react";

/** The keys as they are printed on a keyboard. */
export const REVIEW_KEYS = { next: "N", look: "V" } as const;

interface ReviewKeys {
  next: () => void;
  look: () => void;
}

// Where letters are text, or belong to what is open.
const ELSEWHERE =
  "input, textarea, select, [contenteditable], [role='dialog'], [role='listbox'], [role='menu']";

/** N: the next doubtful line. V: this one was looked at. */
export function useReviewKeys(keys: ReviewKeys) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target instanceof Element && target.closest(ELSEWHERE)) return;
      const key = event.key.toUpperCase();
      if (key === REVIEW_KEYS.next) latest.current.next();
      else if (key === REVIEW_KEYS.look) latest.current.look();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
    };
  }, []);
}
