import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, answer, client } from "@/api/client";
import type { ReviewOut, SessionOut } from "@/api/schema";
import { sessionQuery } from "@/features/session/get-session";
import { reviewQuery } from "@/features/session/review/get-review";

type Seen = Pick<SessionOut, "id" | "version">;

/** Keep what the server says of the review now; where somebody changed the transcript, it is asked for again. */
function useKept({ id, version }: Seen) {
  const cache = useQueryClient();
  return {
    onSuccess: async (review: ReviewOut) => {
      cache.setQueryData(reviewQuery(id, version).queryKey, review);
      const session = cache.getQueryData(sessionQuery(id).queryKey);
      if (session === undefined || session.transcript === review.state) return;
      cache.setQueryData(sessionQuery(id).queryKey, { ...session, transcript: review.state });
      await cache.invalidateQueries({ queryKey: ["children"] });
    },
    onError: async (error: Error) => {
      if (error instanceof ApiProblem && error.status === 409)
        await cache.invalidateQueries({ queryKey: sessionQuery(id).queryKey });
    },
  };
}

/** Mark a line as looked at, or undo that. */
export function useLook(seen: Seen) {
  return useMutation({
    mutationFn: ({ index, looked_at }: { index: number; looked_at: boolean }) =>
      answer(
        client.PUT("/api/sessions/{session_id}/review/lines/{index}", {
          params: { path: { session_id: seen.id, index } },
          body: { version: seen.version, looked_at },
        }),
      ),
    ...useKept(seen),
  });
}

/** Mark the whole transcript as reviewed, or undo that. */
export function useMarkReviewed(seen: Seen) {
  return useMutation({
    mutationFn: (reviewed: boolean) =>
      answer(
        client.PUT("/api/sessions/{session_id}/review", {
          params: { path: { session_id: seen.id } },
          body: { version: seen.version, reviewed },
        }),
      ),
    ...useKept(seen),
  });
}
