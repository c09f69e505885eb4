import { Button } from "@mantine/core";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "@/features/uploads/recorder/recorder.module.css";
import type { Taken } from "@/features/uploads/recorder/take";
import { formatBytes, formatClock } from "@/lib/format";
import { locale } from "@/texts";

interface TakenCardProps {
  taken: Taken;
  onUse: () => void;
  onDiscard: () => void;
}

/** Let an element play a file, and let go of the file with it. */
function usePlays(file: File) {
  return useCallback(
    (audio: HTMLAudioElement) => {
      const address = URL.createObjectURL(file);
      audio.src = address;
      return () => {
        URL.revokeObjectURL(address);
      };
    },
    [file],
  );
}

/** A recording that was made here and is not handed in: hear it, use it, or throw it away. */
export function TakenCard({ taken: { kept, file }, onUse, onDiscard }: TakenCardProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const when = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  const name = t("uploads.recordingOf", { when: when.format(kept.started) });
  return (
    <li className={classes.taken}>
      <p>
        <strong>{name}</strong>{" "}
        <span className={`small quiet ${classes.size}`}>
          {formatClock(kept.length_s)} · {formatBytes(file.size)}
        </span>
      </p>
      {/* It has no words yet: they are what it is handed in for. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio controls preload="metadata" ref={usePlays(file)} aria-label={name} />
      {asked ? (
        <div className="stack" style={{ gap: "0.5rem" }}>
          <p role="alert">{t("uploads.discardAsk")}</p>
          <div className="row">
            <Button color="red" onClick={onDiscard}>
              {t("uploads.discardYes")}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setAsked(false);
              }}
            >
              {t("uploads.discardNo")}
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          <Button onClick={onUse}>{t("uploads.use")}</Button>
          <Button
            variant="default"
            onClick={() => {
              setAsked(true);
            }}
          >
            {t("uploads.discard")}
          </Button>
        </div>
      )}
    </li>
  );
}
