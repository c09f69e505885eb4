import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icons";
import { LevelMeter } from "@/features/uploads/recorder/level-meter";
import classes from "@/features/uploads/recorder/recorder.module.css";
import { LIMIT_S, type Take, type TakeState } from "@/features/uploads/recorder/take";
import { formatClock } from "@/lib/format";

const WARN_S = 30;

/** The recording that is being made: its time, its level, pause and end. */
export function RecordingNow({ take, state }: { take: Take; state: TakeState }) {
  const { t } = useTranslation();
  const paused = state.phase === "paused";
  const left = Math.max(0, Math.ceil(LIMIT_S - state.elapsed_s));
  return (
    <div className={classes.now} role="group" aria-label={t("uploads.recording")}>
      <p className={classes.clock}>
        <span className={classes.dot} data-paused={paused} aria-hidden="true" />
        {paused ? t("uploads.paused") : t("uploads.recording")}
        <strong role="timer" aria-label={t("uploads.recorded")}>
          {formatClock(state.elapsed_s)}
        </strong>
        <span className="quiet">/ {formatClock(LIMIT_S)}</span>
      </p>
      <LevelMeter stream={take.stream} />
      <p role="status" className="small">
        {left <= WARN_S && t("uploads.nearlyFull", { clock: formatClock(WARN_S) })}
      </p>
      {state.unkept && <p role="alert">{t("uploads.unkept")}</p>}
      <div className="row">
        <Button variant="default" onClick={paused ? take.resume : take.pause}>
          {paused ? t("uploads.resume") : t("uploads.pause")}
        </Button>
        <Button leftSection={<Icon name="check" size={16} />} onClick={take.stop}>
          {t("uploads.stop")}
        </Button>
      </div>
    </div>
  );
}
