import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** What a family sees of its child. */
export const homeQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId, "home"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/home", { params: { path: { child_id: childId } }, signal }),
      ),
  });
