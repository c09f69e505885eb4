import { useEffect } from "react";
import type WaveSurfer from "wavesurfer.js";
import RegionsPlugin from "wavesurfer.js/plugins/regions";
import type { TimedLine } from "@/features/session/player/timing";
import type { SpeakerKind } from "@/lib/speakers";

const HATCHED = "repeating-linear-gradient(45deg, transparent 0 4px, var(--speaker-unknown-wash) 4px 8px)";

/** Every timed utterance as a region in its speaker's colour; a click plays it. */
export function useRegions(
  player: WaveSurfer | null,
  lines: readonly TimedLine[],
  kindOf: (index: number) => SpeakerKind,
  onOpen: (index: number) => void,
) {
  useEffect(() => {
    if (!player) return;
    const regions = player.registerPlugin(RegionsPlugin.create());
    const draw = () => {
      regions.clearRegions();
      for (const line of lines) {
        const kind = kindOf(line.index);
        const region = regions.addRegion({
          id: String(line.index),
          start: line.start_s,
          end: line.end_s,
          drag: false,
          resize: false,
          color: kind === "unknown" ? "transparent" : `var(--speaker-${kind}-wash)`,
        });
        if (!region.element) continue;
        if (kind === "unknown") region.element.style.backgroundImage = HATCHED;
        region.element.style.borderTop = `3px solid var(--speaker-${kind})`;
        region.element.style.borderRadius = "0";
      }
    };
    if (player.getDuration() > 0) draw();
    const stopReady = player.on("ready", draw);
    const stopClick = regions.on("region-clicked", (region, event) => {
      event.stopPropagation();
      onOpen(Number(region.id));
    });
    return () => {
      stopReady();
      stopClick();
      player.unregisterPlugin(regions);
    };
  }, [player, lines, kindOf, onOpen]);
}
