import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { DecisionIn } from "@/api/schema";

/** Approve, edit or dismiss an insight; where it stood, everything is asked for again. */
export function useDecide(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: DecisionIn) =>
      answer(
        client.POST("/api/children/{child_id}/insights/decisions", {
          params: { path: { child_id: childId } },
          body,
        }),
      ),
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["children", childId, "insights"] }),
        cache.invalidateQueries({ queryKey: ["children", childId, "home"] }),
        cache.invalidateQueries({ queryKey: ["sessions"] }),
      ]),
  });
}
