import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { LineChangeOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import classes from "@/features/session/edit/edit.module.css";
import { versionChangesQuery } from "@/features/session/edit/get-versions";
import { wordDifference } from "@/features/session/edit/word-difference";

/** The lines that a version changed, word by word: what went is struck, what came is underlined. */
export function VersionChanges({ sessionId, version }: { sessionId: string; version: number }) {
  const { t } = useTranslation();
  const changes = useQuery(versionChangesQuery(sessionId, version));
  if (changes.isPending) return <LoadingLines label={t("session.history.loading")} lines={1} />;
  if (changes.isError) return <ErrorState error={changes.error} />;
  const { lines, n } = changes.data;
  if (n === 0) return <p className="quiet small">{t("session.history.no_lines")}</p>;
  return (
    <>
      {lines.map((change, at) => (
        <Change key={at} change={change} />
      ))}
      {n > lines.length && (
        <p className="quiet small">{t("session.history.more_lines", { count: n - lines.length })}</p>
      )}
    </>
  );
}

function Change({ change: { before, after } }: { change: LineChangeOut }) {
  const { t } = useTranslation();
  const line = after ?? before;
  const moved = before && after && before.speaker !== after.speaker;
  const timed =
    before && after && (before.start_ms !== after.start_ms || before.end_ms !== after.end_ms) && !moved;
  return (
    <p className={classes.change}>
      <span className="quiet small">{t("session.history.line", { line: (line?.index ?? 0) + 1 })} </span>
      <span className="chat">
        {moved ? (
          <>
            <del className={classes.gone}>{before.speaker}</del> <ins>{after.speaker}</ins>
          </>
        ) : (
          line?.speaker
        )}
        {": "}
        {wordDifference(before?.raw ?? "", after?.raw ?? "").map(({ kind, text }, i) => (
          <span key={i}>
            {kind === "same" && text}
            {kind === "gone" && <del className={classes.gone}>{text}</del>}
            {kind === "came" && <ins className={classes.came}>{text}</ins>}{" "}
          </span>
        ))}
      </span>
      {timed && <span className="quiet small">{t("session.history.times")}</span>}
    </p>
  );
}
