import { useSyncExternalStore } from "react";

// Whether the server has turned a request away: one fact for the whole page.
let signedOut = false;
const listeners = new Set<() => void>();

function set(value: boolean) {
  if (signedOut === value) return;
  signedOut = value;
  listeners.forEach((listener) => {
    listener();
  });
}

export const markSignedOut = () => {
  set(true);
};
export const markSignedIn = () => {
  set(false);
};

export function useSignedOut(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => signedOut,
  );
}
