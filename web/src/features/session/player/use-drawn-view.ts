import { useComputedColorScheme } from "@mantine/core";
import { useEffect } from "react";
import type WaveSurfer from "wavesurfer.js";

/** The stretch of the recording that is in view, and how wide it is drawn. */
export interface View {
  from_s: number;
  to_s: number;
  width: number;
}

const CHANGES = ["scroll", "zoom", "redraw", "ready"] as const;

/** What is in view of a player that is drawn so wide. */
export function viewOf(player: WaveSurfer, width: number): View {
  const perPx = player.getDuration() / (player.getWrapper().scrollWidth || width);
  const from = player.getScroll() * perPx;
  return { from_s: from, to_s: from + width * perPx, width };
}

/** Draw now and whenever the waveform moves, so that everything below it keeps the same time. */
export function useDrawnView(player: WaveSurfer | null, width: number, draw: (view: View) => void) {
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (!player || width === 0) return;
    const update = () => {
      draw(viewOf(player, width));
    };
    update();
    const stops = CHANGES.map((event) => player.on(event, update));
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
    // Colours are read while drawing: another scheme is another picture.
  }, [player, width, draw, scheme]);
}
