import { useCallback, useEffect, useState } from "react";
import { heldNow } from "@/features/uploads/recorder/held";
import { fileOf, keptRecordings, type KeptRecordings } from "@/features/uploads/recorder/kept-recordings";
import type { Taken } from "@/features/uploads/recorder/take";

/** What was recorded for a child and lies in this browser, but not what a tab is recording now. */
async function offered(child: string, store: KeptRecordings): Promise<Taken[]> {
  const [all, held] = await Promise.all([store.list(child), heldNow()]);
  const free = all.filter(({ id }) => !held.has(id));
  const files = await Promise.all(free.map(async (kept) => fileOf(kept, await store.sound(kept.id))));
  return free.flatMap((kept, index) => {
    const file = files[index];
    return file && file.size > 0 ? [{ kept, file }] : [];
  });
}

/** Recordings that wait to be handed in: of this visit, and those that an earlier one left. */
export function useTaken(child: string, store: KeptRecordings = keptRecordings) {
  const [taken, setTaken] = useState<readonly Taken[]>([]);
  useEffect(() => {
    let here = true;
    offered(child, store).then(
      (found) => {
        if (here)
          setTaken((made) => [
            ...made,
            ...found.filter((it) => made.every(({ kept }) => kept.id !== it.kept.id)),
          ]);
      },
      () => undefined, // a browser that keeps nothing has nothing to offer
    );
    return () => {
      here = false;
    };
  }, [child, store]);
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
