import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActor } from "@/api/get-access";
import type { OrderedOut } from "@/api/schema";
import { DraftCard } from "@/features/uploads/draft-card";
import { DropZone } from "@/features/uploads/drop-zone";
import { JobList } from "@/features/uploads/job-list";
import { dayOf } from "@/features/uploads/recorder/kept-recordings";
import { Recorder, type KeepingConsent } from "@/features/uploads/recorder/recorder";
import { TakenCard } from "@/features/uploads/recorder/taken-card";
import { useTaken } from "@/features/uploads/recorder/use-taken";
import { Repeats } from "@/features/uploads/repeats";
import { useDrafts, type Drafts } from "@/features/uploads/use-drafts";

interface UploadPanelProps {
  childId: string;
  /** What the family says to keeping recordings; null while it is not known. */
  consent: KeepingConsent | null;
}

/** New sessions: files or the microphone in, progress, results. */
export function UploadPanel({ childId, consent }: UploadPanelProps) {
  const { t } = useTranslation();
  const drafts = useDrafts();
  const owner = useActor()?.id ?? null;
  const { taken, add, remove } = useTaken(childId, owner);
  const [repeats, setRepeats] = useState<readonly OrderedOut[]>([]);
  const waiting = taken.filter(({ kept }) => !drafts.holds(kept.id));
  const ordered = (order: OrderedOut, kept: readonly string[]) => {
    kept.forEach(remove);
    if (order.repeats !== null) setRepeats((old) => [order, ...old.filter(({ id }) => id !== order.id)]);
  };
  return (
    <section className="card stack" aria-labelledby="upload-title">
      <h2 id="upload-title">{t("uploads.title")}</h2>
      <JobList childId={childId} />
      <Repeats orders={repeats} />
      <DraftList childId={childId} drafts={drafts} onOrdered={ordered} />
      {waiting.length > 0 && (
        <ul className="plain stack" aria-label={t("uploads.taken")}>
          {waiting.map((it) => (
            <TakenCard
              key={it.kept.id}
              taken={it}
              onUse={() => {
                drafts.addRecorded(it.kept.id, it.file, dayOf(it.kept.started));
              }}
              onDiscard={() => {
                remove(it.kept.id);
              }}
            />
          ))}
        </ul>
      )}
      <Complaints drafts={drafts} />
      <Recorder childId={childId} owner={owner} consent={consent} onTaken={add} />
      <DropZone onFiles={drafts.add} />
    </section>
  );
}

interface DraftListProps {
  childId: string;
  drafts: Drafts;
  onOrdered: (order: OrderedOut, kept: readonly string[]) => void;
}

function DraftList({ childId, drafts, onOrdered }: DraftListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  if (drafts.drafts.length === 0) return null;
  return (
    <>
      <ul ref={list} className="plain stack" aria-label={t("uploads.ready")}>
        {drafts.drafts.map((draft) => (
          <DraftCard
            key={draft.id}
            childId={childId}
            draft={draft}
            drafts={drafts}
            onOrdered={(order) => {
              onOrdered(
                order,
                draft.files.flatMap(({ kept }) => kept ?? []),
              );
            }}
          />
        ))}
      </ul>
      {drafts.drafts.length > 1 && (
        <Button
          variant="default"
          onClick={() => {
            list.current?.querySelectorAll("form").forEach((form) => {
              form.requestSubmit();
            });
          }}
        >
          {t("uploads.addAll", { count: drafts.drafts.length })}
        </Button>
      )}
    </>
  );
}

/** What was dropped and is not taken. */
function Complaints({ drafts: { refused, doubles } }: { drafts: Drafts }) {
  const { t } = useTranslation();
  return (
    <>
      {refused.length > 0 && (
        <p role="alert" dir="auto">
          {t("uploads.refused", { names: refused.join(", ") })}
        </p>
      )}
      {doubles.length > 0 && (
        <p role="status" dir="auto">
          {t("uploads.doubles", { names: doubles.join(", ") })}
        </p>
      )}
    </>
  );
}
