import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { JobOut } from "@/api/schema";
import { ApiProblem } from "@/api/client";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import { useFollowJob } from "@/features/uploads/follow-job";
import { isOpen } from "@/features/uploads/get-jobs";
import { useRetryJob } from "@/features/uploads/retry-job";
import classes from "@/features/uploads/uploads.module.css";

const STEPS: Readonly<Record<string, string>> = {
  reading: "Reading the files",
  decoding: "Decoding the recording",
  "loading the model": "Loading the speech recogniser",
  transcribing: "Recognising the words",
  "telling speakers apart": "Telling the voices apart",
  listening: "Following pitch and level",
  measuring: "Measuring",
  comparing: "Comparing with earlier sessions",
  saving: "Saving",
};

/** What is being done, in words. */
function stepWords(job: JobOut): string {
  if (job.state === "queued") return "Waiting for its turn";
  if (job.step.startsWith("fetching the model")) return "Fetching the speech recogniser (only once, minutes)";
  return STEPS[job.step] ?? job.step;
}

/** One run of the pipeline: how far it is, what came out, or what went wrong. */
export function JobRow({ job }: { job: JobOut }) {
  useFollowJob(job);
  const retry = useRetryJob(job.child_id);
  return (
    <li className={classes.job} data-state={job.state}>
      <span className={classes.source} dir="auto">
        {job.source}
      </span>
      {isOpen(job) && (
        <div role="status">
          <Progress value={job.progress * 100} aria-label={`Processing of ${job.source}`} />
          <span className="small quiet">
            {stepWords(job)}
            {job.state === "running" && ` · ${Math.floor(job.progress * 100)} %`}
            {job.attempt > 1 && ` · attempt ${job.attempt}`}
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
          Open the session
        </Button>
      )}
      {job.notes.map((note) => (
        <p key={note} className="small quiet">
          {note}
        </p>
      ))}
    </li>
  );
}
