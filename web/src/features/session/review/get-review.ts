import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** What deserves a look in a version of a transcript; while the next one is worked out, the last one stays. */
export const reviewQuery = (sessionId: string, version: number) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "review", version],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}/review", {
          params: { path: { session_id: sessionId } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
