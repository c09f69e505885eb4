import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** Where samples of other children lie; only for those whose role may see it. */
export const normsQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId, "norms"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/norms", { params: { path: { child_id: childId } }, signal }),
      ),
    staleTime: 60_000,
  });
