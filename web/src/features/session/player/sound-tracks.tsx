import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type WaveSurfer from "wavesurfer.js";
import type { TracksOut } from "@/api/schema";
import { drawTracks, rangesOf, TRACKS_HEIGHT } from "@/features/session/player/draw-tracks";
import classes from "@/features/session/player/player.module.css";

/** Pitch and level under the waveform, on the same stretch of time. */
export function SoundTracks({ player, tracks }: { player: WaveSurfer | null; tracks: TracksOut }) {
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    const element = canvas.current;
    if (!player || !element || width === 0) return;
    const ranges = rangesOf(tracks);
    const draw = () => {
      const full = player.getWrapper().scrollWidth || width;
      const perPx = player.getDuration() / full;
      const from = player.getScroll() * perPx;
      drawTracks(element, tracks, ranges, { from_s: from, to_s: from + width * perPx, width });
    };
    draw();
    const stops = (["scroll", "zoom", "redraw", "ready"] as const).map((event) => player.on(event, draw));
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }, [player, tracks, width, scheme]);

  return (
    <div
      ref={ref}
      className={classes.tracks}
      style={{ height: TRACKS_HEIGHT }}
      role="img"
      aria-label="Pitch (F0) and level of the recording over time"
    >
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
