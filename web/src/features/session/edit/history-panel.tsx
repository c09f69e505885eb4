import { Button, Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SessionOut, VersionOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import classes from "@/features/session/edit/edit.module.css";
import { versionsQuery } from "@/features/session/edit/get-versions";
import type { Editor } from "@/features/session/edit/use-editor";
import { VersionChanges } from "@/features/session/edit/version-changes";
import { locale } from "@/texts";

const WHEN = { dateStyle: "medium", timeStyle: "short" } as const;

/** Every version of the transcript: who, when, what; each can stand again, and none is ever lost. */
export default function HistoryPanel({ editor, session }: { editor: Editor; session: SessionOut }) {
  const { t } = useTranslation();
  const versions = useQuery(versionsQuery(session.id));
  return (
    <Drawer
      opened
      position="right"
      onClose={() => {
        editor.setDialog(null);
      }}
      title={t("session.history.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {versions.isPending && <LoadingLines label={t("session.history.loading")} lines={4} />}
      {versions.isError && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      <ol className={classes.versions} reversed>
        {[...(versions.data ?? [])].reverse().map((version) => (
          <Version key={version.version} version={version} session={session} editor={editor} />
        ))}
      </ol>
    </Drawer>
  );
}

interface VersionProps {
  version: VersionOut;
  session: SessionOut;
  editor: Editor;
}

function Version({ version, session, editor }: VersionProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { what, by, by_name, at, utterance, restored } = version;
  const number = version.version;
  const door = by === "laptop" || by === "cli" || by === "pipeline" ? by : "somebody";
  return (
    <li className={classes.version}>
      <div className={classes.head}>
        <strong>{t("session.history.version", { version: number })}</strong>
        <span>
          {t(`session.history.what.${what}`, { line: (utterance ?? 0) + 1, version: restored ?? 0 })}
        </span>
        <span className="quiet small">
          {by_name ? <bdi>{by_name}</bdi> : t(`session.history.by.${door}`)},{" "}
          <time dateTime={at}>{new Date(at).toLocaleString(locale(), WHEN)}</time>
        </span>
      </div>
      {open && <VersionChanges sessionId={session.id} version={number} />}
      <div className="row">
        {number > 1 && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t(open ? "session.history.hide" : "session.history.show", { version: number })}
          </Button>
        )}
        {number === session.version ? (
          <span className="quiet small">{t("session.history.now")}</span>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={editor.state.kind === "saving"}
            onClick={() => void editor.act({ what: "restored", restore: number })}
          >
            {t("session.history.restore", { version: number })}
          </Button>
        )}
      </div>
    </li>
  );
}
