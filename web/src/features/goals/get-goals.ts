import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { GoalChangeIn, GoalIn } from "@/api/schema";

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
function useRefresh(childId: string) {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ["children", childId] });
}

export function useAddGoal(childId: string) {
  return useMutation({
    mutationFn: (body: GoalIn) =>
      answer(
        client.POST("/api/children/{child_id}/goals", { params: { path: { child_id: childId } }, body }),
      ),
    onSuccess: useRefresh(childId),
  });
}

/** Change an open goal; measure and baseline stay. */
export function useChangeGoal(childId: string) {
  return useMutation({
    mutationFn: ({ goalId, body }: { goalId: string; body: GoalChangeIn }) =>
      answer(
        client.PUT("/api/children/{child_id}/goals/{goal_id}", {
          params: { path: { child_id: childId, goal_id: goalId } },
          body,
        }),
      ),
    onSuccess: useRefresh(childId),
  });
}

export function useCloseGoal(childId: string) {
  return useMutation({
    mutationFn: ({ goalId, why }: { goalId: string; why: string }) =>
      answer(
        client.POST("/api/children/{child_id}/goals/{goal_id}/close", {
          params: { path: { child_id: childId, goal_id: goalId } },
          body: { why },
        }),
      ),
    onSuccess: useRefresh(childId),
  });
}
