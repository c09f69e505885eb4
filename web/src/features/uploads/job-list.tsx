import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JobOut } from "@/api/schema";
import { isOpen, jobsQuery } from "@/features/uploads/get-jobs";
import { JobRow } from "@/features/uploads/job-row";

const MINUTE_MS = 60_000;
const DONE_STAYS_MS = 10 * MINUTE_MS;
const FAILED_STAYS_MS = 24 * 60 * MINUTE_MS;
/** More than these that are done only push the rest of the page down; the sessions themselves are listed. */
const MOST_DONE = 2;

/** What is being processed, what failed, and what was finished a moment ago. Older failures wait folded. */
export function JobList({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const jobs = useQuery(jobsQuery(childId)).data ?? [];
  const [opened] = useState(() => Date.now());
  const isNew = (job: JobOut) => {
    const stays = job.state === "failed" ? FAILED_STAYS_MS : DONE_STAYS_MS;
    return isOpen(job) || Date.parse(job.updated_at) >= opened - stays;
  };
  const smooth = jobs.filter((job) => job.state === "done" && job.notes.length === 0);
  const hidden = smooth.filter(isNew).slice(MOST_DONE);
  const shown = jobs.filter((job) => isNew(job) && !hidden.includes(job));
  const older = jobs.filter((job) => job.state === "failed" && !isNew(job));
  return (
    <>
      {shown.length > 0 && <Jobs label={t("uploads.jobs")} jobs={shown} />}
      {older.length > 0 && (
        <details>
          <summary className="small">{t("uploads.older", { count: older.length })}</summary>
          <Jobs label={t("uploads.olderJobs")} jobs={older} />
        </details>
      )}
    </>
  );
}

function Jobs({ label, jobs }: { label: string; jobs: JobOut[] }) {
  return (
    <ul className="plain stack" style={{ gap: "0.5rem" }} aria-label={label}>
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}
