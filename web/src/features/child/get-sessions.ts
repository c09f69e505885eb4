import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const sessionsQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId, "sessions"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/sessions", { params: { path: { child_id: childId } }, signal }),
      ),
  });
