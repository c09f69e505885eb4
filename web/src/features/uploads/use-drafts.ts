import { useState } from "react";
import {
  draftsOf,
  isSame,
  kindOf,
  NO_DETAILS,
  suggestPairs,
  type Details,
  type Draft,
  type Dropped,
  type Pairs,
} from "@/features/uploads/drafts";

interface State {
  files: Dropped[];
  pairs: Pairs;
  details: Readonly<Record<string, Details>>;
  refused: string[];
  /** What was dropped although it is in the list. */
  doubles: string[];
}

const NOTHING: State = { files: [], pairs: {}, details: {}, refused: [], doubles: [] };

let count = 0;
const nextId = () => `file-${++count}`;

/** The files that wait to be sent, and which of them belong together. */
export function useDrafts() {
  const [state, setState] = useState(NOTHING);
  const add = (dropped: Iterable<File>) => {
    const given = [...dropped];
    setState((old) => {
      const files = [...old.files];
      const refused: string[] = [];
      const doubles: string[] = [];
      for (const file of given) {
        const kind = kindOf(file.name);
        if (!kind) refused.push(file.name);
        else if (files.some((known) => isSame(known.file, file))) doubles.push(file.name);
        else files.push({ id: nextId(), file, kind });
      }
      return { ...old, files, pairs: suggestPairs(files, old.pairs), refused, doubles };
    });
  };
  /** Take in what was recorded here; the day is known. */
  const addRecorded = (kept: string, file: File, date: string) => {
    const item: Dropped = { id: nextId(), file, kind: "media", kept };
    setState((old) => {
      const files = [...old.files, item];
      const details = { ...old.details, [item.id]: { ...NO_DETAILS, date } };
      return { ...old, files, details, pairs: suggestPairs(files, old.pairs) };
    });
  };
  /** Give a transcript another recording, or none; the transcript that had it loses it. */
  const pair = (transcriptId: string, mediaId: string | null) => {
    setState((old) => {
      const freed = Object.entries(old.pairs).map(([id, media]) => [id, media === mediaId ? null : media]);
      return { ...old, pairs: { ...(Object.fromEntries(freed) as Pairs), [transcriptId]: mediaId } };
    });
  };
  const describe = (draftId: string, details: Details) => {
    setState((old) => ({ ...old, details: { ...old.details, [draftId]: details } }));
  };
  const remove = (draft: Draft) => {
    const gone = new Set(draft.files.map((item) => item.id));
    setState((old) => ({ ...old, files: old.files.filter((item) => !gone.has(item.id)) }));
  };
  return {
    drafts: draftsOf(state.files, state.pairs),
    recordings: state.files.filter((item) => item.kind === "media"),
    refused: state.refused,
    doubles: state.doubles,
    /** Whether a recording that this browser keeps is among them. */
    holds: (kept: string) => state.files.some((item) => item.kept === kept),
    detailsOf: (draftId: string) => state.details[draftId] ?? NO_DETAILS,
    add,
    addRecorded,
    pair,
    describe,
    remove,
  };
}

export type Drafts = ReturnType<typeof useDrafts>;
