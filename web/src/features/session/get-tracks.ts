import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** Pitch, level and the waveform's envelope; a stored recording does not change. */
export const tracksQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "tracks"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}/tracks", {
          params: { path: { session_id: sessionId } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
