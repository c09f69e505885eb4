import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

/** What the child's data may be used for, and what the family says to it. */
export const consentsQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId, "consents"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/consents", { params: { path: { child_id: childId } }, signal }),
      ),
  });
