import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const childrenQuery = queryOptions({
  queryKey: ["children"],
  queryFn: ({ signal }) => answer(client.GET("/api/children", { signal })),
  // Jobs may run in another window: their count stays true.
  refetchInterval: (query) => (query.state.data?.some((child) => child.n_jobs_open > 0) ? 2000 : false),
});
