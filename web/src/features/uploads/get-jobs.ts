import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { JobOut } from "@/api/schema";

export const isOpen = (job: JobOut): boolean => job.state === "queued" || job.state === "running";

export const jobsQuery = (childId: string) =>
  queryOptions({
    queryKey: ["children", childId, "jobs"],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/children/{child_id}/jobs", { params: { path: { child_id: childId } }, signal }),
      ),
    // Events tell most of it; this catches what a broken connection loses.
    refetchInterval: (query) => (query.state.data?.some(isOpen) ? 5000 : false),
  });
