import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const progressQuery = (childId: string, measure: string) =>
  queryOptions({
    queryKey: ["children", childId, "progress", measure],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/progress", {
          params: { path: { child_id: childId }, query: { measure } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
