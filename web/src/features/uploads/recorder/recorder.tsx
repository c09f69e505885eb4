import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icons";
import { PlainWords } from "@/components/plain-words";
import { RecordingNow } from "@/features/uploads/recorder/recording-now";
import classes from "@/features/uploads/recorder/recorder.module.css";
import type { Taken } from "@/features/uploads/recorder/take";
import { useRecorder } from "@/features/uploads/recorder/use-recorder";

/** What the family says to keeping recordings, and how to write it down. */
export interface KeepingConsent {
  state: "granted" | "withdrawn" | "unsaid";
  /** Opens the dialog; absent where the reader may not change consents. */
  ask?: () => void;
}

interface RecorderProps {
  childId: string;
  /** Whose recording it will be; null while it is not known. */
  owner: string | null;
  /** Null while it is not known. */
  consent: KeepingConsent | null;
  onTaken: (taken: Taken) => void;
}

/** Record by the microphone, five minutes at most. */
export function Recorder({ childId, owner, consent, onTaken }: RecorderProps) {
  const { t } = useTranslation();
  const { take, state, opening, problem, start } = useRecorder(childId, owner, onTaken);
  const [wanted, setWanted] = useState(false);
  const begin = () => {
    setWanted(false);
    void start();
  };
  if (take && state) return <RecordingNow take={take} state={state} />;
  const asks = wanted && consent !== null && consent.state !== "granted";
  return (
    <div className={classes.recorder}>
      {asks ? (
        <ConsentFirst
          consent={consent}
          onBegin={begin}
          onLeave={() => {
            setWanted(false);
          }}
        />
      ) : (
        <Button
          variant="default"
          leftSection={<Icon name="sound" size={16} />}
          loading={opening}
          disabled={consent === null || owner === null}
          onClick={() => {
            if (consent?.state === "granted") begin();
            else setWanted(true);
          }}
        >
          {t("uploads.record")}
        </Button>
      )}
      {opening && (
        <p className="small quiet" role="status">
          {t("uploads.allow")}
        </p>
      )}
      {problem && (
        <p role="alert">
          <PlainWords text={t(`uploads.microphone.${problem.trouble}`)} />
        </p>
      )}
    </div>
  );
}

interface ConsentFirstProps {
  consent: KeepingConsent;
  onBegin: () => void;
  onLeave: () => void;
}

/** A recording is not begun before it is said what becomes of it. */
function ConsentFirst({ consent, onBegin, onLeave }: ConsentFirstProps) {
  const { t } = useTranslation();
  const { state, ask } = consent;
  return (
    <div className={classes.consent} role="group" aria-label={t("uploads.consentFirst")}>
      <p>
        <strong>{t("uploads.consentFirst")}</strong>
      </p>
      <p className="small">
        {t(state === "withdrawn" ? "uploads.consentWithdrawn" : "uploads.consentUnsaid")}
      </p>
      <div className="row">
        {ask && <Button onClick={ask}>{t("uploads.consentWrite")}</Button>}
        {state === "withdrawn" && (
          <Button variant="default" onClick={onBegin}>
            {t("uploads.recordUnkept")}
          </Button>
        )}
        <Button variant="default" onClick={onLeave}>
          {t("uploads.notNow")}
        </Button>
      </div>
      {!ask && <p className="small">{t("uploads.consentByOthers")}</p>}
    </div>
  );
}
