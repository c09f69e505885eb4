import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** Passages of a child's sessions, notes and insights, nearest first. */
export const foundQuery = (childId: string, text: string) =>
  queryOptions({
    queryKey: ["children", childId, "search", text],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/search", {
          params: { path: { child_id: childId }, query: { q: text, limit: 20 } },
          signal,
        }),
      ),
  });
