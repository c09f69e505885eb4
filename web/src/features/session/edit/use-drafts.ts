import { useCallback, useMemo, useState } from "react";
import { draftsOf, dropDraft, keepDraft, type Draft } from "@/lib/drafts";

/** The unsaved texts of a session that this browser kept. */
export function useDrafts(sessionId: string) {
  const [found, setFound] = useState<Draft[]>(() => draftsOf(sessionId));
  const look = useCallback(() => {
    setFound(draftsOf(sessionId));
  }, [sessionId]);
  const drop = useCallback(
    (draft: Pick<Draft, "version" | "index">) => {
      dropDraft(sessionId, draft);
      look();
    },
    [look, sessionId],
  );
  const keep = useCallback(
    (draft: Draft) => {
      keepDraft(sessionId, draft);
    },
    [sessionId],
  );
  return useMemo(() => ({ found, look, drop, keep }), [found, look, drop, keep]);
}
