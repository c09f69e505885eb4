import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { NoteOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import { noteQuery } from "@/features/reports/get-note";
import { useSaveNote } from "@/features/reports/save-note";
import { formatDate } from "@/lib/format";

interface NoteCardProps {
  childId: string;
  sessionId: string;
}

/** The therapist's own words in a session's note: S and P, each saving a version. */
export function NoteCard({ childId, sessionId }: NoteCardProps) {
  const { t } = useTranslation();
  const note = useQuery(noteQuery(sessionId));
  return (
    <section className="card stack" aria-labelledby="note-title">
      <h2 id="note-title">{t("reports.note.title")}</h2>
      {note.isPending && <LoadingLines label={t("reports.note.loading")} lines={2} />}
      {note.isError && <ErrorState error={note.error} onRetry={() => void note.refetch()} />}
      {note.data && (
        <NoteForm key={note.data.version} childId={childId} sessionId={sessionId} note={note.data} />
      )}
    </section>
  );
}

function NoteForm({ childId, sessionId, note }: NoteCardProps & { note: NoteOut }) {
  const { t } = useTranslation();
  const save = useSaveNote(childId, sessionId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name));
    save.mutate({ subjective: text("subjective"), plan: text("plan"), version: note.version });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {(["subjective", "plan"] as const).map((part) => (
        <Textarea
          key={part}
          name={part}
          label={t(`reports.note.${part}`)}
          description={t(`reports.note.${part}_hint`)}
          defaultValue={note[part]}
          maxLength={4000}
          rows={4}
          resize="vertical"
          dir="auto"
        />
      ))}
      {save.isError && <ErrorState error={save.error} />}
      <div className="row" style={{ justifyContent: "space-between" }}>
        <span className="small quiet" role="status">
          {note.at ? t("reports.note.saved", { version: note.version, date: formatDate(note.at) }) : ""}
        </span>
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("reports.note.save")}
        </Button>
      </div>
    </form>
  );
}
