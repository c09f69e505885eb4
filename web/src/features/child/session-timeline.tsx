import { Link } from "@tanstack/react-router";
import type { SessionSummaryOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { TranscriptState } from "@/components/transcript-state";
import classes from "@/features/child/timeline.module.css";
import { formatCount, formatDate, formatDuration } from "@/lib/format";

/** The sessions, newest first. */
export function SessionTimeline({ sessions }: { sessions: SessionSummaryOut[] }) {
  return (
    <ol className={`plain ${classes.timeline}`} aria-label="Sessions, newest first">
      {sessions.toReversed().map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ol>
  );
}

function SessionRow({ session }: { session: SessionSummaryOut }) {
  return (
    <li className={classes.item}>
      <span className={classes.when}>
        <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} className={classes.link}>
          {session.date ? formatDate(session.date) : session.source}
        </Link>
        {session.week !== null && <span className="quiet">week {session.week}</span>}
      </span>
      {session.context && (
        <span dir="auto" className={classes.context}>
          {session.context}
        </span>
      )}
      <span className={`row small quiet ${classes.facts}`}>
        <span>{formatCount(session.n_utterances, "utterance")}</span>
        {session.duration_s !== null && <span>{formatDuration(session.duration_s)}</span>}
        <span className={classes.fact}>
          <TranscriptState state={session.transcript} />
        </span>
        {session.media && (
          <span className={classes.fact}>
            <Icon name={session.media === "video" ? "video" : "sound"} size={15} />
            {session.media}
          </span>
        )}
        {session.n_warnings > 0 && (
          <span className={classes.fact}>
            <Icon name="note" size={15} />
            {formatCount(session.n_warnings, "warning")}
          </span>
        )}
      </span>
    </li>
  );
}
