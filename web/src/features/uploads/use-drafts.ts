import { useState } from "react";
import {
  draftsOf,
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
}

const NOTHING: State = { files: [], pairs: {}, details: {}, refused: [] };

let count = 0;
const nextId = () => `file-${++count}`;

/** The files that wait to be sent, and which of them belong together. */
export function useDrafts() {
  const [state, setState] = useState(NOTHING);
  const add = (dropped: Iterable<File>) => {
    const files: Dropped[] = [];
    const refused: string[] = [];
    for (const file of dropped) {
      const kind = kindOf(file.name);
      if (kind) files.push({ id: nextId(), file, kind });
      else refused.push(file.name);
    }
    setState((old) => {
      const all = [...old.files, ...files];
      return { ...old, files: all, pairs: suggestPairs(all, old.pairs), refused };
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
    detailsOf: (draftId: string) => state.details[draftId] ?? NO_DETAILS,
    add,
    pair,
    describe,
    remove,
  };
}

export type Drafts = ReturnType<typeof useDrafts>;
