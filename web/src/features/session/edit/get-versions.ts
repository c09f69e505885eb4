import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** Who changed the transcript, when, and what: oldest first. */
export const versionsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "versions"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}/versions", {
          params: { path: { session_id: sessionId } },
          signal,
        }),
      ),
  });

/** Which lines a version changed; a version does not change any more. */
export const versionChangesQuery = (sessionId: string, version: number) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "version", version],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}/versions/{version}", {
          params: { path: { session_id: sessionId, version } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
