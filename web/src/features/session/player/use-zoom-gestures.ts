import { useEffect, type RefObject } from "react";

const PER_WHEEL_PX = 0.01;
const MOST_A_NOTCH = 0.5;

type By = (steps: number, at?: number) => void;

function distance(touches: TouchList): number {
  const [a, b] = [touches[0], touches[1]];
  return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
}

const middle = (touches: TouchList): number => ((touches[0]?.clientX ?? 0) + (touches[1]?.clientX ?? 0)) / 2;

/** Two fingers, or the wheel with Ctrl (which is also what a pinch on a touchpad sends), bring the sound nearer. */
export function useZoomGestures(area: RefObject<HTMLElement | null>, by: By) {
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let apart = 0;
    const at = (clientX: number) => clientX - element.getBoundingClientRect().left;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault(); // or the browser zooms the page
      const steps = -event.deltaY * PER_WHEEL_PX;
      by(Math.min(MOST_A_NOTCH, Math.max(-MOST_A_NOTCH, steps)), at(event.clientX));
    };
    const begin = (event: TouchEvent) => {
      apart = event.touches.length === 2 ? distance(event.touches) : 0;
    };
    const move = (event: TouchEvent) => {
      if (event.touches.length !== 2 || apart === 0) return;
      event.preventDefault();
      const now = distance(event.touches);
      if (now > 0) by(Math.log2(now / apart), at(middle(event.touches)));
      apart = now;
    };
    // React's own wheel and touch listeners are passive: they could not keep the page from moving.
    element.addEventListener("wheel", wheel, { passive: false });
    element.addEventListener("touchstart", begin, { passive: true });
    element.addEventListener("touchmove", move, { passive: false });
    return () => {
      element.removeEventListener("wheel", wheel);
      element.removeEventListener("touchstart", begin);
      element.removeEventListener("touchmove", move);
    };
  }, [area, by]);
}
