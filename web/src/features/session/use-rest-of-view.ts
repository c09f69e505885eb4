import { useEffect, useRef } from "react";

const MARGIN_PX = 16;

/**
 * Give an element the height from its top to the bottom of the window, as `--rest-of-view`.
 *
 * The work place begins below the head and sticks to the top later; its middle, where the heard
 * line stands, is in view at all times.
 */
export function useRestOfView<T extends HTMLElement>() {
  const element = useRef<T>(null);
  useEffect(() => {
    const fit = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      const rest = window.innerHeight - Math.max(top, MARGIN_PX) - MARGIN_PX;
      element.current?.style.setProperty("--rest-of-view", `${Math.round(rest)}px`);
    };
    fit();
    window.addEventListener("scroll", fit, { passive: true });
    window.addEventListener("resize", fit);
    return () => {
      window.removeEventListener("scroll", fit);
      window.removeEventListener("resize", fit);
    };
  }, []);
  return element;
}
