import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const noteKey = (sessionId: string) => ["sessions", sessionId, "note"];

/** S and P of a session's note, as a therapist wrote them last. */
export const noteQuery = (sessionId: string) =>
  queryOptions({
    queryKey: noteKey(sessionId),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}/note", {
          params: { path: { session_id: sessionId } },
          signal,
        }),
      ),
  });
