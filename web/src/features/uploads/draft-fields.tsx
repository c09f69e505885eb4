import { Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Details, Draft } from "@/features/uploads/drafts";
import type { Drafts } from "@/features/uploads/use-drafts";

interface FieldsProps {
  draft: Draft;
  drafts: Drafts;
}

/** Which recording a transcript belongs to; only asked where there is one. */
export function PairChoice({ draft, drafts }: FieldsProps) {
  const { t } = useTranslation();
  const { transcript, media } = draft;
  if (!transcript || drafts.recordings.length === 0) return null;
  return (
    <Select
      label={t("uploads.pair")}
      data={[
        { value: "", label: t("uploads.noPair") },
        ...drafts.recordings.map((item) => ({ value: item.id, label: item.file.name })),
      ]}
      value={media?.id ?? ""}
      allowDeselect={false}
      onChange={(id) => {
        drafts.pair(transcript.id, id || null);
      }}
    />
  );
}

/** What the files do not tell: the day, the situation, who speaks. */
export function DraftFields({ draft, drafts }: FieldsProps) {
  const { t } = useTranslation();
  const details = drafts.detailsOf(draft.id);
  const change = (part: Partial<Details>) => {
    drafts.describe(draft.id, { ...details, ...part });
  };
  return (
    <>
      <TextInput
        type="date"
        label={t("uploads.date")}
        description={draft.transcript ? t("uploads.dateHint") : undefined}
        value={details.date}
        onChange={(event) => {
          change({ date: event.currentTarget.value });
        }}
      />
      <TextInput
        label={t("uploads.context")}
        placeholder={t("uploads.contextExample")}
        maxLength={200}
        dir="auto"
        value={details.context}
        onChange={(event) => {
          change({ context: event.currentTarget.value });
        }}
      />
      {!draft.transcript && (
        <Switch
          label={t("uploads.childOnly")}
          // Mantine puts the description into the label too; the name is the first line alone.
          aria-label={t("uploads.childOnly")}
          description={t("uploads.childOnlyHint")}
          checked={details.childOnly}
          onChange={(event) => {
            change({ childOnly: event.currentTarget.checked });
          }}
        />
      )}
    </>
  );
}
