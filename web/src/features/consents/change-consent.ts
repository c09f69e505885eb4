import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { ConsentIn } from "@/api/schema";

/** Write down what a family says. A withdrawal may delete recordings, so sessions are asked for again. */
export function useChangeConsent(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ConsentIn) =>
      answer(
        client.PUT("/api/children/{child_id}/consents", { params: { path: { child_id: childId } }, body }),
      ),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["children", childId] }),
        cache.invalidateQueries({ queryKey: ["sessions"] }),
      ]),
  });
}
