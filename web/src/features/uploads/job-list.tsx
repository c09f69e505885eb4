import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { jobsQuery } from "@/features/uploads/get-jobs";
import { JobRow } from "@/features/uploads/job-row";

const RECENT_MS = 10 * 60_000;

/** What is being processed, what failed, and what was finished a moment ago. */
export function JobList({ childId }: { childId: string }) {
  const jobs = useQuery(jobsQuery(childId));
  const [since] = useState(() => Date.now() - RECENT_MS);
  const shown = jobs.data?.filter((job) => job.state !== "done" || Date.parse(job.updated_at) >= since) ?? [];
  if (shown.length === 0) return null;
  return (
    <ul className="plain stack" aria-label="Being processed">
      {shown.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}
