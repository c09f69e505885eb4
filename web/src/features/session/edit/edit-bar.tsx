import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { measuresQuery } from "@/api/get-measures";
import { ErrorState } from "@/components/states";
import type { MeasureChange } from "@/features/session/edit/changed-measures";
import classes from "@/features/session/edit/edit.module.css";
import { StaleError } from "@/features/session/edit/use-edits";
import type { Editor } from "@/features/session/edit/use-editor";
import { formatValue } from "@/lib/format";
import { measureTitle } from "@/lib/measures";

const MOST_SHOWN = 3;

/** Undo, redo, history and speakers; and whether the last edit is safe. */
export function EditBar({ editor, version }: { editor: Editor; version: number }) {
  const { t } = useTranslation();
  const busy = editor.state.kind === "saving";
  const original = version === 1;
  const steps = [
    ["undo", { what: "undone" }],
    ["redo", { what: "redone" }],
  ] as const;
  return (
    <>
      <div className={classes.bar}>
        {steps.map(([name, wish]) => (
          <Button
            key={name}
            size="compact-sm"
            variant="default"
            disabled={busy || original}
            onClick={() => void editor.act(wish)}
          >
            {t(`session.edit.${name}`)}
          </Button>
        ))}
        {(["history", "speakers"] as const).map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              editor.setDialog(name);
            }}
          >
            {t(`session.edit.${name}`)}
          </Button>
        ))}
        <div className={classes.state} role="status" aria-live="polite">
          <Saved editor={editor} />
        </div>
      </div>
      <Failed editor={editor} />
    </>
  );
}

function Saved({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const { state } = editor;
  if (state.kind === "saving") return t("session.edit.saving");
  if (state.kind !== "saved") return null;
  return (
    <>
      <span>{t("session.edit.saved", { version: state.version })}</span>
      <Changes changes={state.changes} />
    </>
  );
}

function Changes({ changes }: { changes: readonly MeasureChange[] }) {
  const { t } = useTranslation();
  const infos = useQuery(measuresQuery).data;
  if (changes.length === 0) return null;
  const rest = changes.length - MOST_SHOWN;
  const titleOf = (id: string) => measureTitle(infos?.find((info) => info.id === id) ?? { id, title: id });
  return (
    <>
      {changes.slice(0, MOST_SHOWN).map(({ id, before, after, unit }) => (
        <span key={id} className={classes.figure}>
          {titleOf(id)}{" "}
          {t("session.edit.from_to", { before: formatValue(before, unit), after: formatValue(after, unit) })}
        </span>
      ))}
      {rest > 0 && <span>{t("session.edit.more_changed", { count: rest })}</span>}
    </>
  );
}

/** What was not saved and why; nothing is lost of it, and it can be tried again. */
function Failed({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const { state } = editor;
  // A line that is being written shows what is wrong with it in its own place.
  if (state.kind !== "failed" || (state.wish.what === "line" && editor.writing)) return null;
  const { error, wish } = state;
  const told = error instanceof StaleError ? new Error(t("session.edit.stale")) : error;
  return (
    <div>
      <strong>{t("session.edit.not_saved")}</strong>
      <ErrorState error={told} onRetry={() => void editor.act(wish)} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={editor.forget}>
        {t("session.edit.let_go")}
      </Button>
    </div>
  );
}
