import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** What SDC measures; it does not change while the server runs. */
export const measuresQuery = queryOptions({
  queryKey: ["measures"],
  queryFn: ({ signal }) => answer(client.GET("/api/measures", { signal })),
  staleTime: Infinity,
});
