import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { JobOut } from "@/api/schema";
import { isOpen } from "@/features/uploads/get-jobs";

/** Keep an open job's state true by the server's events; at its end, all of the child's figures are asked for anew. */
export function useFollowJob(job: JobOut) {
  const cache = useQueryClient();
  const { id, child_id: childId } = job;
  const open = isOpen(job);
  useEffect(() => {
    if (!open) return;
    const events = new EventSource(`/api/jobs/${encodeURIComponent(id)}/events`);
    events.onmessage = (event: MessageEvent<string>) => {
      const now = JSON.parse(event.data) as JobOut;
      cache.setQueryData<JobOut[]>(["children", childId, "jobs"], (jobs) =>
        jobs?.map((known) => (known.id === now.id ? now : known)),
      );
      if (!isOpen(now)) events.close();
    };
    return () => {
      events.close();
      void cache.invalidateQueries({ queryKey: ["children"] });
    };
  }, [cache, id, childId, open]);
}
