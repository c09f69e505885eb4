import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const childQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/children/{child_id}", { params: { path: { child_id: childId } }, signal })),
  });
