import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { adviceOn, FLOOR_DB, levelOf, type Level } from "@/features/uploads/recorder/level";
import classes from "@/features/uploads/recorder/recorder.module.css";

const LOOK_MS = 80;
/** Advice rests on so much sound: a short silence is none. */
const ADVICE_LOOKS = 40;

/** How loud it is now, and a word when that will not do. */
export function LevelMeter({ stream }: { stream: MediaStream }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const [advice, setAdvice] = useState<"loud" | "quiet" | null>(null);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let levels: Level[] = [];
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      const level = levelOf(samples);
      const share = Math.min(1, Math.max(0, 1 - level.rms_db / FLOOR_DB));
      bar.current?.style.setProperty("inline-size", `${Math.round(share * 100)}%`);
      levels.push(level);
      if (levels.length < ADVICE_LOOKS) return;
      setAdvice(adviceOn(levels));
      levels = [];
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [stream]);
  return (
    <div className={classes.level}>
      <div className={classes.meter} aria-hidden="true">
        <div ref={bar} className={classes.bar} />
      </div>
      {/* For those who do not see the bar, the words are what counts. */}
      <p className="small" role="status">
        {advice ? t(`uploads.level.${advice}`) : t("uploads.level.good")}
      </p>
    </div>
  );
}
