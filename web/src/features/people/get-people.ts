import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const accountsQuery = queryOptions({
  queryKey: ["people", "accounts"],
  queryFn: ({ signal }) => answer(client.GET("/api/accounts", { signal })),
});

export const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: ({ signal }) => answer(client.GET("/api/teams", { signal })),
});
