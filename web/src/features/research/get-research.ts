import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const researchQuery = queryOptions({
  queryKey: ["research"],
  queryFn: ({ signal }) => answer(client.GET("/api/research/children", { signal })),
});

export const researchChildQuery = (pseudonym: string) =>
  queryOptions({
    queryKey: ["research", pseudonym],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/research/children/{pseudonym}", { params: { path: { pseudonym } }, signal })),
  });
