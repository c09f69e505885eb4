import { ActionIcon, Button, Progress, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import { useAddSession } from "@/features/uploads/add-session";
import type { Draft, Dropped } from "@/features/uploads/drafts";
import type { Drafts } from "@/features/uploads/use-drafts";
import classes from "@/features/uploads/uploads.module.css";
import { formatBytes } from "@/lib/format";

interface DraftCardProps {
  childId: string;
  draft: Draft;
  drafts: Drafts;
}

/** One session about to be added: its files, its date, where it was. */
export function DraftCard({ childId, draft, drafts }: DraftCardProps) {
  const [share, setShare] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const send = useAddSession(childId);
  const details = drafts.detailsOf(draft.id);
  const name = (draft.transcript ?? draft.media)?.file.name ?? "";
  return (
    <li>
      <form
        className={classes.draft}
        aria-label={`New session from ${name}`}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(
            { draft, details, onProgress: setShare, onWaiting: setWaiting },
            {
              onSuccess: () => {
                drafts.remove(draft);
              },
            },
          );
        }}
      >
        <div className={classes.files}>
          {draft.files.map((item) => (
            <FileLine key={item.id} item={item} />
          ))}
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name}`}
            disabled={send.isPending}
            onClick={() => {
              drafts.remove(draft);
            }}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
        <fieldset disabled={send.isPending} className={classes.fields}>
          <PairChoice draft={draft} drafts={drafts} />
          <DraftFields draft={draft} drafts={drafts} />
        </fieldset>
        {send.isError && <ErrorState error={send.error} />}
        {send.isPending ? (
          <div role="status">
            <Progress value={share * 100} aria-label={`Upload of ${name}`} />
            <span className="small quiet">{uploadWords(share, isWaiting)}</span>
          </div>
        ) : (
          <Button type="submit">{send.isError ? "Try again" : "Add this session"}</Button>
        )}
      </form>
    </li>
  );
}

function uploadWords(share: number, isWaiting: boolean): string {
  if (isWaiting) return "The connection is lost. Trying again; nothing that arrived is lost";
  return share < 1 ? `Uploading: ${Math.floor(share * 100)} %` : "Safely stored";
}

function FileLine({ item }: { item: Dropped }) {
  return (
    <span className={classes.file}>
      <Icon name={item.kind === "transcript" ? "text" : "sound"} size={16} />
      <span dir="auto">{item.file.name}</span>
      <span className="small quiet">{formatBytes(item.file.size)}</span>
    </span>
  );
}

/** Which recording a transcript belongs to; only asked where there is one. */
function PairChoice({ draft, drafts }: Pick<DraftCardProps, "draft" | "drafts">) {
  const { transcript, media } = draft;
  if (!transcript || drafts.recordings.length === 0) return null;
  return (
    <Select
      label="Recording of this transcript"
      data={[
        { value: "", label: "None" },
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

function DraftFields({ draft, drafts }: Pick<DraftCardProps, "draft" | "drafts">) {
  const details = drafts.detailsOf(draft.id);
  const change = (part: Partial<typeof details>) => {
    drafts.describe(draft.id, { ...details, ...part });
  };
  return (
    <>
      <TextInput
        type="date"
        label="Date of the session"
        description={draft.transcript ? "Leave it empty to take the transcript's own date." : undefined}
        value={details.date}
        onChange={(event) => {
          change({ date: event.currentTarget.value });
        }}
      />
      <TextInput
        label="Context"
        placeholder="Free play with mother"
        maxLength={200}
        dir="auto"
        value={details.context}
        onChange={(event) => {
          change({ context: event.currentTarget.value });
        }}
      />
      {!draft.transcript && (
        <Switch
          label="Only the child speaks"
          // Mantine puts the description into the label too; the name is the first line alone.
          aria-label="Only the child speaks"
          description="The words are recognised and voices are told apart, but which voice is the child's is known only where it was enrolled (sdc enrol). Without that or this switch, the child gets no measures."
          checked={details.childOnly}
          onChange={(event) => {
            change({ childOnly: event.currentTarget.checked });
          }}
        />
      )}
    </>
  );
}
