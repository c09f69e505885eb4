import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "@/features/session/edit/edit.module.css";
import type { Editor } from "@/features/session/edit/use-editor";

/** Texts that were typed here and never saved: gone on with, or dropped. */
export function DraftOffer({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const { drafts, writing } = editor;
  const waiting = drafts.found.filter((draft) => draft.index !== writing?.index);
  if (!editor.allowed || waiting.length === 0) return null;
  return (
    <div className="stack" style={{ gap: "0.4rem" }} role="region" aria-label={t("session.draft.title")}>
      {waiting.map((draft) => (
        <div key={`${draft.version}:${draft.index}`} className={classes.offer}>
          <p>
            {t("session.draft.found", { line: draft.index + 1 })} <q className="chat">{draft.text}</q>
          </p>
          <Button
            size="compact-sm"
            onClick={() => {
              editor.write(draft.index, draft);
            }}
          >
            {t("session.draft.go_on")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              drafts.drop(draft);
            }}
          >
            {t("session.draft.drop")}
          </Button>
        </div>
      ))}
    </div>
  );
}
