import { ActionIcon, Button, Progress } from "@mantine/core";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { OrderedOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import { useAddSession } from "@/features/uploads/add-session";
import { DraftFields, PairChoice } from "@/features/uploads/draft-fields";
import type { Draft, Dropped } from "@/features/uploads/drafts";
import type { Drafts } from "@/features/uploads/use-drafts";
import classes from "@/features/uploads/uploads.module.css";
import { formatBytes } from "@/lib/format";

interface DraftCardProps {
  childId: string;
  draft: Draft;
  drafts: Drafts;
  onOrdered: (order: OrderedOut) => void;
}

/** One session about to be added: its files, its date, where it was. */
export function DraftCard({ childId, draft, drafts, onOrdered }: DraftCardProps) {
  const { t } = useTranslation();
  const [share, setShare] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const sending = useRef<AbortController | null>(null);
  const send = useAddSession(childId);
  const name = (draft.transcript ?? draft.media)?.file.name ?? "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (send.isPending) return; // “Add all” asks every form
    const { signal } = (sending.current = new AbortController());
    const details = drafts.detailsOf(draft.id);
    setShare(0);
    send.mutate(
      { draft, details, onProgress: setShare, onWaiting: setWaiting, signal },
      {
        onSuccess: (order) => {
          onOrdered(order);
          drafts.remove(draft);
        },
      },
    );
  };
  const cancel = () => {
    sending.current?.abort();
    send.reset();
  };
  return (
    <li>
      <form className={classes.draft} aria-label={t("uploads.newFrom", { name })} onSubmit={submit}>
        <div className={classes.files}>
          {draft.files.map((item) => (
            <FileLine key={item.id} item={item} />
          ))}
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            aria-label={t("uploads.remove", { name })}
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
          <Underway
            name={name}
            share={share}
            isQueued={send.isPaused}
            isWaiting={isWaiting}
            onCancel={cancel}
          />
        ) : (
          <Button type="submit">{send.isError ? t("uploads.again") : t("uploads.add")}</Button>
        )}
      </form>
    </li>
  );
}

interface UnderwayProps {
  name: string;
  /** From 0 to 1. */
  share: number;
  /** Another one is being sent first. */
  isQueued: boolean;
  /** The connection is lost. */
  isWaiting: boolean;
  onCancel: () => void;
}

function Underway({ name, share, isQueued, isWaiting, onCancel }: UnderwayProps) {
  const { t } = useTranslation();
  const words = () => {
    if (isQueued) return t("uploads.queued");
    if (isWaiting) return t("uploads.reconnecting");
    return share < 1 ? t("uploads.uploading", { percent: Math.floor(share * 100) }) : t("uploads.stored");
  };
  return (
    <div className={classes.underway}>
      <div role="status">
        <Progress value={share * 100} aria-label={t("uploads.uploadOf", { name })} />
        <span className="small quiet">{words()}</span>
      </div>
      <Button variant="default" size="compact-sm" onClick={onCancel}>
        {t("uploads.cancel")}
      </Button>
    </div>
  );
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
