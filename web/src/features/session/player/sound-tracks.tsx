import { useElementSize } from "@mantine/hooks";
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import type { TracksOut } from "@/api/schema";
import { drawTracks, rangesOf, TRACKS_HEIGHT } from "@/features/session/player/draw-tracks";
import classes from "@/features/session/player/player.module.css";
import { useDrawnView, type View } from "@/features/session/player/use-drawn-view";

/** Pitch and level under the waveform, on the same stretch of time. */
export function SoundTracks({ player, tracks }: { player: WaveSurfer | null; tracks: TracksOut }) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ranges = useMemo(() => rangesOf(tracks), [tracks]);
  const draw = useCallback(
    (view: View) => {
      if (canvas.current) drawTracks(canvas.current, tracks, ranges, view);
    },
    // The words on the axes are drawn too: another language is another picture.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [tracks, ranges, t],
  );
  useDrawnView(player, width, draw);
  return (
    <div
      ref={ref}
      className={classes.tracks}
      style={{ height: TRACKS_HEIGHT }}
      role="img"
      aria-label={t("player.tracks")}
    >
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
