import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** Which sessions are looked at; what is left open holds all. */
export interface Stretch {
  first?: string;
  last?: string;
  context?: string;
}

/** All measures over the sessions of a stretch. */
export const progressPageQuery = (childId: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["children", childId, "progress-page", stretch],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/progress/page", {
          params: { path: { child_id: childId }, query: stretch },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** The measures that are followed, over all sessions. */
export const followedQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId, "progress-page", "followed"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/progress/page", {
          params: { path: { child_id: childId }, query: { followed: true } },
          signal,
        }),
      ),
  });
