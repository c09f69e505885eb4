import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const sessionQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ["sessions", sessionId],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/sessions/{session_id}", { params: { path: { session_id: sessionId } }, signal }),
      ),
  });
