// Which recordings are being made in a tab that lives: those are not offered in another one.

const PREFIX = "sdc.recording.";

/** Hold a recording's name until the function that is returned is called, or the tab dies. */
export function hold(id: string): () => void {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  if ("locks" in navigator) void navigator.locks.request(PREFIX + id, () => until);
  return release;
}

/** The recordings that some tab is making now. */
export async function heldNow(): Promise<Set<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(
    held
      .map(({ name = "" }) => name)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length)),
  );
}

/** Resolves when no tab makes a recording any more; rejects when it is not waited for any longer. */
export const whenFree = (id: string, signal: AbortSignal): Promise<void> =>
  navigator.locks.request(PREFIX + id, { signal, mode: "shared" }, () => undefined);
