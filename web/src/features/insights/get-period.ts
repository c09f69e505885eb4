import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export type Voice = "slp" | "parent";

/** What is told of all sessions of a child; without a voice, in that of who is signed in. */
export const periodQuery = (childId: string, voice?: Voice) =>
  queryOptions({
    queryKey: ["children", childId, "insights", voice ?? "own"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/insights", {
          params: { path: { child_id: childId }, query: voice ? { voice } : {} },
          signal,
        }),
      ),
  });
