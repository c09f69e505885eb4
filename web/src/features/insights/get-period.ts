import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export type Voice = "slp" | "parent";

/** Days, both inside; without them all sessions. */
export interface Period {
  first?: string;
  last?: string;
}

/** What is told of a child's sessions; without a voice, in that of who is signed in. */
export const periodQuery = (childId: string, voice?: Voice, period: Period = {}) =>
  queryOptions({
    queryKey: ["children", childId, "insights", voice ?? "own", period],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/insights", {
          params: { path: { child_id: childId }, query: { ...(voice && { voice }), ...period } },
          signal,
        }),
      ),
  });
