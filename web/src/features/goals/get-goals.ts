import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { GoalIn } from "@/api/schema";

const keyOf = (childId: string) => ["children", childId, "goals"];

/** The child's goals, each with where the child stands. */
export const goalsQuery = (childId: string) =>
  queryOptions({
    queryKey: keyOf(childId),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/goals", { params: { path: { child_id: childId } }, signal }),
      ),
  });

/** A goal changes what is followed and told, so all of the child is asked for again. */
export function useAddGoal(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: GoalIn) =>
      answer(
        client.POST("/api/children/{child_id}/goals", { params: { path: { child_id: childId } }, body }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["children", childId] }),
  });
}

export function useCloseGoal(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (goalId: string) =>
      answer(
        client.POST("/api/children/{child_id}/goals/{goal_id}/close", {
          params: { path: { child_id: childId, goal_id: goalId } },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["children", childId] }),
  });
}
