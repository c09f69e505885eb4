import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { NoteIn } from "@/api/schema";
import { noteKey } from "@/features/reports/get-note";

/** Keep S and P as the next version; preview and list of reports follow. */
export function useSaveNote(childId: string, sessionId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NoteIn) =>
      answer(
        client.PUT("/api/sessions/{session_id}/note", { params: { path: { session_id: sessionId } }, body }),
      ),
    onSuccess: (note) => {
      cache.setQueryData(noteKey(sessionId), note);
      return cache.invalidateQueries({ queryKey: ["children", childId, "reports"] });
    },
  });
}
