import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { JobOut } from "@/api/schema";
import { ApiProblem } from "@/api/client";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import { useFollowJob } from "@/features/uploads/follow-job";
import { isOpen } from "@/features/uploads/get-jobs";
import { useRetryJob } from "@/features/uploads/retry-job";
import classes from "@/features/uploads/uploads.module.css";

/** The server's names of what it does, in our words. */
const STEPS = {
  reading: "reading",
  decoding: "decoding",
  "loading the model": "loading",
  transcribing: "transcribing",
  "telling speakers apart": "voices",
  listening: "listening",
  measuring: "measuring",
  comparing: "comparing",
  saving: "saving",
} as const;

const isKnown = (step: string): step is keyof typeof STEPS => step in STEPS;

/** What is being done, in words. */
function stepWords(job: JobOut, t: TFunction): string {
  if (job.state === "queued") return t("uploads.steps.queued");
  if (job.step.startsWith("fetching the model")) return t("uploads.steps.fetching");
  return isKnown(job.step) ? t(`uploads.steps.${STEPS[job.step]}`) : job.step;
}

/** One run of the pipeline: how far it is, what came out, or what went wrong. */
export function JobRow({ job }: { job: JobOut }) {
  const { t } = useTranslation();
  useFollowJob(job);
  const retry = useRetryJob(job.child_id);
  return (
    <li className={classes.job} data-state={job.state}>
      <span className={classes.source} dir="auto">
        {job.source}
      </span>
      {isOpen(job) && (
        <div role="status">
          <Progress value={job.progress * 100} aria-label={t("uploads.jobOf", { source: job.source })} />
          <span className="small quiet">
            {[
              stepWords(job, t),
              job.state === "running" && t("uploads.percent", { percent: Math.floor(job.progress * 100) }),
              job.attempt > 1 && t("uploads.attempt", { attempt: job.attempt }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </div>
      )}
      {job.state === "failed" && job.error && (
        <ErrorState
          error={new ApiProblem(0, job.error)}
          onRetry={() => {
            retry.mutate(job.id);
          }}
        />
      )}
      {retry.isError && <ErrorState error={retry.error} />}
      {job.state === "done" && job.session_id && (
        <Button
          component={Link}
          to={`/sessions/${job.session_id}`}
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="check" size={16} />}
        >
          {t("uploads.open")}
        </Button>
      )}
      {job.notes.map((note) => (
        <p key={note} className="small quiet" lang="en">
          {note}
        </p>
      ))}
    </li>
  );
}
