import { useReducedMotion } from "@mantine/hooks";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useState, type RefObject } from "react";

type Rows = Virtualizer<HTMLDivElement, Element>;

/** Bring a line to the middle: smoothly where it is drawn already, at once where it is far. */
function centre(box: HTMLDivElement | null, rows: Rows, index: number, still: boolean) {
  const row = box?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  if (!box || !row) {
    rows.scrollToIndex(index, { align: "center" });
    return;
  }
  const frame = box.getBoundingClientRect();
  const place = row.getBoundingClientRect();
  const by = place.top - frame.top - (frame.height - place.height) / 2;
  box.scrollBy({ top: by, behavior: still ? "auto" : "smooth" });
}

/** Keep the active line in the middle, until the reader scrolls away; `resume` brings it back. */
export function useFollow(box: RefObject<HTMLDivElement | null>, rows: Rows, active: number | null) {
  const [following, setFollowing] = useState(true);
  const still = useReducedMotion();

  useEffect(() => {
    if (active !== null && following) centre(box.current, rows, active, still);
  }, [box, rows, active, following, still]);

  const leave = () => {
    setFollowing(false);
  };
  return {
    following,
    resume: () => {
      setFollowing(true);
    },
    handlers: { onWheel: leave, onTouchMove: leave },
  };
}
