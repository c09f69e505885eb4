import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { ActivityAnswerIn } from "@/api/schema";

/** Say whether an activity was tried and how it went; then another one is asked for. */
export function useAnswerActivity(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ activityId, went }: { activityId: string; went: ActivityAnswerIn["went"] }) =>
      answer(
        client.POST("/api/children/{child_id}/activities/{activity_id}/answers", {
          params: { path: { child_id: childId, activity_id: activityId } },
          body: { went },
        }),
      ),
    onSuccess: () =>
      Promise.all(
        ["insights", "home"].map((what) =>
          cache.invalidateQueries({ queryKey: ["children", childId, what] }),
        ),
      ),
  });
}
