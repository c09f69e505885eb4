import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** An experimental classifier's scores; most sessions have none, so a refusal is not asked again. */
export const voiceLabelsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId, "voice-labels"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}/voice-labels", {
          params: { path: { session_id: sessionId } },
          signal,
        }),
      ),
    retry: false,
    staleTime: Infinity,
  });
