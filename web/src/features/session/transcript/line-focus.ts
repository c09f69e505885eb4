const LINE = "[data-line]";

/** Where the keyboard stands at a line, let it go along to the one that becomes active next. */
export function takeFocusAlong(work: HTMLElement | null) {
  if (!work?.querySelector(`${LINE}:focus`)) return;
  requestAnimationFrame(() => {
    work.querySelector<HTMLElement>(`[aria-current="true"] ${LINE}`)?.focus({ preventScroll: true });
  });
}
