const LINE = "[data-line]";

/** Where the keyboard stands at a line, let it go along to the one that becomes active next. */
export function takeFocusAlong(work: HTMLElement | null) {
  if (!work?.querySelector(`${LINE}:focus`)) return;
  requestAnimationFrame(() => {
    work.querySelector<HTMLElement>(`[aria-current="true"] ${LINE}`)?.focus({ preventScroll: true });
  });
}

/** What is written in goes away: where the keyboard stood in it, let it stand at the line again. */
export function giveFocusBack(place: HTMLElement) {
  if (!place.contains(document.activeElement)) return;
  const work = place.closest("[data-transcript]");
  requestAnimationFrame(() => {
    // The next line, or a dialog, may have taken it meanwhile.
    if (document.activeElement !== document.body) return;
    work?.querySelector<HTMLElement>(`[aria-current="true"] ${LINE}`)?.focus({ preventScroll: true });
  });
}
