import { useCallback, useEffect, useState } from "react";
import { heldNow, whenFree } from "@/features/uploads/recorder/held";
import {
  fileOf,
  keptRecordings,
  type Kept,
  type KeptRecordings,
} from "@/features/uploads/recorder/kept-recordings";
import type { Taken } from "@/features/uploads/recorder/take";

async function filesOf(all: readonly Kept[], store: KeptRecordings): Promise<Taken[]> {
  const files = await Promise.all(all.map(async (kept) => fileOf(kept, await store.sound(kept.id))));
  return all.flatMap((kept, index) => {
    const file = files[index];
    return file && file.size > 0 ? [{ kept, file }] : [];
  });
}

type Of = Pick<Kept, "child" | "owner">;

/** Find what somebody recorded for a child and lies in this browser; what a tab is recording now, once that has ended. */
async function find(
  { child, owner }: Of,
  store: KeptRecordings,
  signal: AbortSignal,
  onFound: (found: Taken[]) => void,
): Promise<void> {
  const ofChild = async () => (await store.list(owner)).filter((kept) => kept.child === child);
  const [all, held] = await Promise.all([ofChild(), heldNow()]);
  onFound(
    await filesOf(
      all.filter(({ id }) => !held.has(id)),
      store,
    ),
  );
  // A tab that was killed a moment ago may still hold its recording.
  const busy = all.filter(({ id }) => held.has(id));
  await Promise.all(
    busy.map(async ({ id }) => {
      await whenFree(id, signal);
      const now = (await ofChild()).filter((kept) => kept.id === id);
      onFound(await filesOf(now, store));
    }),
  );
}

/** Recordings of somebody that wait to be handed in: of this visit, and those that an earlier one left. */
export function useTaken(child: string, owner: string | null, store: KeptRecordings = keptRecordings) {
  const [taken, setTaken] = useState<readonly Taken[]>([]);
  useEffect(() => {
    if (owner === null) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    find({ child, owner }, store, signal, (found) => {
      if (signal.aborted) return;
      setTaken((made) => [
        ...made,
        ...found.filter((it) => made.every(({ kept }) => kept.id !== it.kept.id)),
      ]);
    }).catch(() => undefined); // a browser that keeps nothing has nothing to offer
    return () => {
      leaving.abort();
    };
  }, [child, owner, store]);
  const add = useCallback((made: Taken) => {
    setTaken((old) => [made, ...old]);
  }, []);
  /** It is handed in, or not wanted. */
  const remove = useCallback(
    (id: string) => {
      setTaken((old) => old.filter(({ kept }) => kept.id !== id));
      store.remove(id).catch(() => undefined); // what was never kept cannot be removed
    },
    [store],
  );
  return { taken, add, remove };
}
