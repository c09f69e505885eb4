import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import type { TracksOut } from "@/api/schema";
import classes from "@/features/session/player/player.module.css";
import { heardAt } from "@/features/session/player/track-values";
import { useTenth } from "@/features/session/player/use-player-state";
import { formatClock, NONE } from "@/lib/format";

interface ReadoutProps {
  player: WaveSurfer | null;
  tracks: TracksOut | null;
  /** The moment under the pointer; null when it is elsewhere: then the playhead's. */
  pointed_s: number | null;
}

const wholeOf = (value: number | null): string => value?.toFixed(0).replace("-", "−") ?? NONE;

/** Time, pitch and level where the pointer is, or else where the playhead stands. */
export function Readout({ player, tracks, pointed_s }: ReadoutProps) {
  const { t } = useTranslation();
  const head = useTenth(player);
  const heard = heardAt(tracks, pointed_s ?? head);
  const tenths = Math.round(heard.time_s * 10);
  return (
    <p className={`small quiet ${classes.readout}`} data-readout>
      <span>{pointed_s === null ? t("player.atPlayhead") : t("player.atPointer")}</span>
      <strong>
        {formatClock(tenths / 10)}.{tenths % 10}
      </strong>
      {tracks && (
        <>
          <span>{t("player.pitchHere", { value: wholeOf(heard.f0_hz) })}</span>
          <span>{t("player.levelHere", { value: wholeOf(heard.level_db) })}</span>
        </>
      )}
    </p>
  );
}
