import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const seriesQuery = (childId: string, measure: string) =>
  queryOptions({
    queryKey: ["children", childId, "series", measure],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/series", {
          params: { path: { child_id: childId }, query: { measure } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
