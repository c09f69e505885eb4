import { Button, Group, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "@/features/session/edit/edit.module.css";
import type { Editor } from "@/features/session/edit/use-editor";
import { useSpoken } from "@/features/session/spoken";

/** Two people wrote one line anew: the line of before, theirs and yours; nothing is overwritten before one is chosen. */
export function ConflictDialog({ editor, version }: { editor: Editor; version: number }) {
  const { t } = useTranslation();
  const spoken = useSpoken();
  const { conflict, settle, writing } = editor;
  if (!conflict) return null;
  const { index, base, mine, theirs } = conflict;
  const keepTheirs = () => {
    if (writing) editor.drafts.drop(writing);
    editor.leave();
    settle();
  };
  const keepMine = () => {
    settle();
    if (writing) editor.drafts.drop(writing);
    editor.setWriting(null);
    void editor.act({ what: "line", index, text: mine, base: theirs?.raw });
  };
  const editOn = () => {
    settle();
    if (writing) editor.drafts.drop(writing);
    const draft = { index, version, base: theirs?.raw ?? "", text: mine };
    editor.drafts.keep(draft);
    editor.write(index, draft);
  };
  const texts = [
    ["older", base],
    ["theirs", theirs?.raw ?? t("session.conflict.gone")],
    ["yours", mine],
  ] as const;
  return (
    <Modal
      opened
      onClose={settle}
      title={t("session.conflict.title", { line: index + 1 })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <p>{t("session.conflict.what")}</p>
      <dl className={classes.texts}>
        {texts.map(([whose, text]) => (
          <div key={whose}>
            <dt>{t(`session.conflict.${whose}`)}</dt>
            <dd className="chat" dir="auto" lang={whose === "theirs" && !theirs ? undefined : spoken}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <Group mt="md">
        <Button onClick={keepMine} disabled={!theirs}>
          {t("session.conflict.keep_yours")}
        </Button>
        <Button variant="default" onClick={keepTheirs}>
          {t("session.conflict.keep_theirs")}
        </Button>
        <Button variant="default" onClick={editOn} disabled={!theirs}>
          {t("session.conflict.edit_on")}
        </Button>
      </Group>
    </Modal>
  );
}
