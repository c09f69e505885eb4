import { Button, Modal, Progress } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "@/components/states";
import type { Kept } from "@/features/uploads/recorder/kept-recordings";
import { deleteUnsent, sendKept, type Unsent } from "@/features/uploads/unsent/unsent";
import { formatClock } from "@/lib/format";
import { locale } from "@/texts";

interface UnsentDialogProps {
  unsent: Unsent;
  /** How many files are being sent now. */
  nUploads: number;
  /** Sign out; `kept`: what is not sent stays in this browser. */
  onLeave: (kept: boolean) => void;
  onClose: () => void;
}

/** Before somebody signs out: what lies in this browser only, and what is to become of it. */
export function UnsentDialog({
  unsent: { waiting, isRecording },
  nUploads,
  onLeave,
  onClose,
}: UnsentDialogProps) {
  const { t } = useTranslation();
  const sending = useSending(() => {
    onLeave(false);
  });
  const removal = useMutation({
    mutationFn: () => deleteUnsent(waiting),
    onSuccess: () => {
      onLeave(false);
    },
  });
  const isBusy = sending.isPending || removal.isPending;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("uploads.unsent.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className="stack">
        {waiting.length > 0 && <Waiting waiting={waiting} />}
        {isRecording && <p>{t("uploads.unsent.recording")}</p>}
        {nUploads > 0 && <p>{t("uploads.unsent.uploading", { count: nUploads })}</p>}
        {sending.isPending && <Underway sending={sending} />}
        {sending.isError && <ErrorState error={sending.error} />}
        {removal.isError && <p role="alert">{t("uploads.unsent.undeleted")}</p>}
        {waiting.length > 0 && !isRecording && (
          <>
            <Button
              disabled={isBusy}
              onClick={() => {
                sending.mutate(waiting);
              }}
            >
              {t("uploads.unsent.send")}
            </Button>
            <Button
              variant="default"
              color="red"
              disabled={isBusy}
              onClick={() => {
                removal.mutate();
              }}
            >
              {t("uploads.unsent.delete", { count: waiting.length })}
            </Button>
          </>
        )}
        <Button
          variant="default"
          disabled={isBusy}
          onClick={() => {
            onLeave(true);
          }}
        >
          {waiting.length > 0 || isRecording ? t("uploads.unsent.keep") : t("uploads.unsent.leave")}
        </Button>
        {(waiting.length > 0 || isRecording) && (
          <p className="small quiet">{t("uploads.unsent.keep_hint")}</p>
        )}
        <Button variant="subtle" data-autofocus onClick={onClose}>
          {t("uploads.unsent.stay")}
        </Button>
      </div>
    </Modal>
  );
}

function Waiting({ waiting }: { waiting: readonly Kept[] }) {
  const { t } = useTranslation();
  const when = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <p>
        <strong>{t("uploads.unsent.waiting", { count: waiting.length })}</strong>{" "}
        {t("uploads.unsent.only_here")}
      </p>
      <ul style={{ margin: 0 }}>
        {waiting.map(({ id, started, length_s }) => (
          <li key={id}>
            {t("uploads.recordingOf", { when: when.format(started) })}
            <span className="quiet"> · {formatClock(length_s)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Send one after the other; what is through is not sent again after a failure, and closing ends it. */
function useSending(onSent: () => void) {
  const [share, setShare] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const through = useRef(new Set<string>());
  const closing = useRef<AbortController | null>(null);
  useEffect(() => () => closing.current?.abort(), []);
  const send = useMutation({
    mutationFn: async (waiting: readonly Kept[]) => {
      const { signal } = (closing.current = new AbortController());
      const left = waiting.filter(({ id }) => !through.current.has(id));
      for (const [place, kept] of left.entries()) {
        const onProgress = (of: number) => {
          setShare((place + of) / left.length);
        };
        await sendKept(kept, { onProgress, onWaiting: setWaiting, signal });
        through.current.add(kept.id);
      }
    },
    onSuccess: onSent,
  });
  return { ...send, share, isWaiting };
}

function Underway({ sending: { share, isWaiting } }: { sending: ReturnType<typeof useSending> }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <Progress value={share * 100} aria-label={t("uploads.unsent.sending")} />
      <span className="small quiet">
        {isWaiting ? t("uploads.reconnecting") : t("uploads.uploading", { percent: Math.floor(share * 100) })}
      </span>
    </div>
  );
}
