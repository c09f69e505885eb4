import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { PhasePlanIn } from "@/api/schema";

/** Phases decide verdicts, so all of the child is asked for again. */
export function useStatePhases(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: PhasePlanIn) =>
      answer(
        client.PUT("/api/children/{child_id}/phases", { params: { path: { child_id: childId } }, body }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["children", childId] }),
  });
}
