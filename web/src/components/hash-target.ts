import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";

const TAKES_OVER = ["wheel", "touchstart", "keydown", "pointerdown"];

/** Scroll to what the address names behind its #, and stay there while more comes, until somebody does something. */
export function useHashTarget(isReady: boolean) {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    const target = isReady && hash ? document.getElementById(hash) : null;
    if (!target) return;
    const observer = new ResizeObserver(() => {
      target.scrollIntoView();
    });
    const leave = () => {
      observer.disconnect();
    };
    observer.observe(document.body);
    for (const event of TAKES_OVER) window.addEventListener(event, leave, { once: true, passive: true });
    return () => {
      leave();
      for (const event of TAKES_OVER) window.removeEventListener(event, leave);
    };
  }, [isReady, hash]);
}
