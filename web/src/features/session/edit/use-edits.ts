import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { ApiProblem } from "@/api/client";
import type { SessionOut, UtteranceOut } from "@/api/schema";
import { changedMeasures, type MeasureChange } from "@/features/session/edit/changed-measures";
import { sendEdit } from "@/features/session/edit/send-edit";
import { meansTheSame, type Wish } from "@/features/session/edit/wishes";
import { sessionQuery } from "@/features/session/get-session";

export type EditState =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; version: number; changes: MeasureChange[] }
  | { kind: "failed"; error: Error; wish: Wish };

/** A line that somebody else changed while it was written anew here. */
export interface Conflict {
  index: number;
  base: string;
  mine: string;
  /** The line as it stands now; null where there is none at that place. */
  theirs: UtteranceOut | null;
}

const isStale = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.code === "session.changed";

/** How often an edit of a line that nobody else touched is tried again when other lines have changed. */
const TRIES = 4;

/**
 * Edits of a transcript, one after the other; nothing is shown as saved before the server has it.
 *
 * `run` answers with the session as it is now, or null where the edit was not made.
 */
export function useEdits(session: SessionOut, speaker: string | null) {
  const cache = useQueryClient();
  const [state, setState] = useState<EditState>({ kind: "idle" });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const waiting = useRef<Promise<unknown>>(Promise.resolve());
  const { id } = session;

  const now = useCallback(
    (): SessionOut => cache.getQueryData(sessionQuery(id).queryKey) ?? session,
    [cache, id, session],
  );

  const attempt = useCallback(
    async (wish: Wish, seen: SessionOut): Promise<SessionOut | null> => {
      let current = now();
      for (let tries = 0; tries < TRIES; tries += 1) {
        if (current.version !== seen.version && !meansTheSame(wish, seen, current)) break;
        try {
          return await sendEdit(id, current.version, wish);
        } catch (error) {
          if (!isStale(error)) throw error;
          current = await cache.fetchQuery({ ...sessionQuery(id), staleTime: 0 });
        }
      }
      return null;
    },
    [cache, id, now],
  );

  const make = useCallback(
    async (wish: Wish, seen: SessionOut): Promise<SessionOut | null> => {
      setState({ kind: "saving" });
      try {
        const after = await attempt(wish, seen);
        if (after === null) {
          const found = conflictOf(wish, seen, now());
          setConflict(found);
          setState(found ? { kind: "idle" } : { kind: "failed", error: new StaleError(), wish });
          return null;
        }
        setState({
          kind: "saved",
          version: after.version,
          changes: changedMeasures(now(), after, speaker),
        });
        cache.setQueryData(sessionQuery(id).queryKey, after);
        void cache.invalidateQueries({ queryKey: ["children"] });
        void cache.invalidateQueries({ queryKey: ["sessions", id, "versions"] });
        return after;
      } catch (error) {
        setState({ kind: "failed", error: error as Error, wish });
        return null;
      }
    },
    [attempt, cache, id, now, speaker],
  );

  const run = useCallback(
    (wish: Wish): Promise<SessionOut | null> => {
      const seen = now();
      const turn = waiting.current.then(() => make(wish, seen));
      waiting.current = turn;
      return turn;
    },
    [make, now],
  );

  const forget = useCallback(() => {
    setState({ kind: "idle" });
  }, []);
  const settle = useCallback(() => {
    setConflict(null);
  }, []);
  return { state, conflict, run, forget, settle };
}

/** Somebody else changed what this edit was about. */
export class StaleError extends Error {}

function conflictOf(wish: Wish, seen: SessionOut, now: SessionOut): Conflict | null {
  if (wish.what !== "line" || wish.text === undefined) return null;
  const { index, text } = wish;
  const base = wish.base ?? seen.utterances[index]?.raw ?? "";
  return { index, base, mine: text, theirs: now.utterances[index] ?? null };
}
