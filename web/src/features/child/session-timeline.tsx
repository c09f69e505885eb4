import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SessionSummaryOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { TranscriptState } from "@/components/transcript-state";
import classes from "@/features/child/timeline.module.css";
import { formatDate, formatDuration } from "@/lib/format";

/** The sessions, newest first. */
export function SessionTimeline({ sessions }: { sessions: SessionSummaryOut[] }) {
  const { t } = useTranslation();
  return (
    <ol className={`plain ${classes.timeline}`} aria-label={t("child.sessions")}>
      {sessions.toReversed().map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ol>
  );
}

function SessionRow({ session }: { session: SessionSummaryOut }) {
  const { t } = useTranslation();
  return (
    <li className={classes.item}>
      <span className={classes.when}>
        <Link to="/sessions/$sessionId" params={{ sessionId: session.id }} className={classes.link}>
          {session.date ? formatDate(session.date) : session.source}
        </Link>
        {session.week !== null && <span className="quiet">{t("child.week", { week: session.week })}</span>}
      </span>
      {session.context && (
        <span dir="auto" className={classes.context}>
          {session.context}
        </span>
      )}
      <span className={`row small quiet ${classes.facts}`}>
        <span>{t("common.utterances", { count: session.n_utterances })}</span>
        {session.duration_s !== null && <span>{formatDuration(session.duration_s)}</span>}
        <span className={classes.fact}>
          <TranscriptState state={session.transcript} />
        </span>
        {session.media && (
          <span className={classes.fact}>
            <Icon name={session.media === "video" ? "video" : "sound"} size={15} />
            {t(`child.media.${session.media}`)}
          </span>
        )}
        {session.n_warnings > 0 && (
          <span className={classes.fact}>
            <Icon name="note" size={15} />
            {t("common.warnings", { count: session.n_warnings })}
          </span>
        )}
      </span>
    </li>
  );
}
