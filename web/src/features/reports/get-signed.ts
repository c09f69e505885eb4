import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const signedKey = (childId: string) => ["children", childId, "reports", "signed"];

/** The child's signed reports, newest first, each with what has changed since. */
export const signedQuery = (childId: string) =>
  queryOptions({
    queryKey: signedKey(childId),
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/reports", { params: { path: { child_id: childId } }, signal }),
      ),
  });
