import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";

/** Scroll to what the address names behind its #, once what stands above it has come. */
export function useHashTarget(isReady: boolean) {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (isReady && hash) document.getElementById(hash)?.scrollIntoView();
  }, [isReady, hash]);
}
