import { useCallback, useEffect, useMemo, useState } from "react";
import type { SessionOut } from "@/api/schema";
import { pickedIn, stepWord, stretch, type Run } from "@/features/session/edit/picking";
import { useDrafts } from "@/features/session/edit/use-drafts";
import { useEdits } from "@/features/session/edit/use-edits";
import type { Wish } from "@/features/session/edit/wishes";
import type { Draft } from "@/lib/drafts";

interface EditorParts {
  session: SessionOut;
  /** Whose measures are shown. */
  speaker: string | null;
  active: number | null;
  choose: (index: number, play: boolean) => void;
  allowed: boolean;
}

export type Editor = ReturnType<typeof useEditor>;

/** The correction of a transcript: which line is written anew, which words are picked, and what is done with them. */
export function useEditor({ session, speaker, active, choose, allowed }: EditorParts) {
  const edits = useEdits(session, speaker);
  const { run } = edits;
  const drafts = useDrafts(session.id);
  const [writing, setWriting] = useState<Draft | null>(null);
  const [run_, setRun] = useState<Run | null>(null);
  const [dialog, setDialog] = useState<"code" | "history" | "speakers" | null>(null);
  // What was picked in another line, or in a line that reads otherwise now, is picked no more.
  const picked = run_ !== null && run_.index === active ? run_ : null;
  const line = active === null ? undefined : session.utterances[active];

  useEffect(() => {
    if (!allowed) return;
    const listen = () => {
      const found = pickedIn(window.getSelection());
      if (!found) return;
      setRun(found);
      choose(found.index, false);
    };
    document.addEventListener("selectionchange", listen);
    return () => {
      document.removeEventListener("selectionchange", listen);
    };
  }, [allowed, choose]);

  const act = useCallback(
    async (wish: Wish) => {
      const after = await run(wish);
      if (after) setRun(null);
      return after;
    },
    [run],
  );

  const write = useCallback(
    (index: number, draft?: Draft) => {
      const raw = session.utterances[index]?.raw;
      if (raw === undefined) return;
      choose(index, false);
      setRun(null);
      setWriting(draft ?? { index, version: session.version, base: raw, text: raw });
    },
    [choose, session.utterances, session.version],
  );

  const leave = useCallback(() => {
    setWriting(null);
    setRun(null);
    drafts.look();
  }, [drafts]);

  const save = useCallback(
    async (text: string, next: boolean) => {
      if (!writing) return;
      const { index, base } = writing;
      const goOn = (lines: number) => {
        setWriting(null);
        drafts.drop(writing);
        if (next && index + 1 < lines) choose(index + 1, false);
      };
      if (text.trim() === base) {
        goOn(session.utterances.length);
        return;
      }
      const after = await run({ what: "line", index, text, base });
      if (after) goOn(after.utterances.length);
    },
    [choose, drafts, run, session.utterances.length, writing],
  );

  const actions = useMemo(() => {
    if (!allowed || line === undefined) return null;
    const { index } = line;
    const mark = (as: "unintelligible" | "retracing") => () => {
      if (picked) void act({ what: "marked", ...picked, mark: as });
    };
    return {
      edit: () => {
        write(index);
      },
      split: () => {
        if (picked) void act({ what: "split", index, at: picked.first });
      },
      merge: () => void act({ what: "merged", index }),
      unclear: mark("unintelligible"),
      retrace: mark("retracing"),
      code: () => {
        setDialog("code");
      },
      give: (code: string) => {
        if (code !== line.speaker) void act({ what: "line", index, speaker: code });
      },
      word: (by: 1 | -1) => {
        setRun((old) => stepWord(line, old, by));
      },
      stretch: (by: 1 | -1) => {
        setRun((old) => stretch(line, old, by));
      },
    };
  }, [act, allowed, line, picked, write]);

  const setTimes = useMemo(
    () =>
      allowed
        ? (index: number, start_ms: number, end_ms: number) =>
            void act({ what: "times", index, start_ms, end_ms })
        : undefined,
    [act, allowed],
  );

  return {
    ...edits,
    act,
    actions,
    allowed,
    dialog,
    drafts,
    leave,
    line,
    picked,
    save,
    setDialog,
    setPicked: setRun,
    setTimes,
    setWriting,
    write,
    writing,
  };
}
