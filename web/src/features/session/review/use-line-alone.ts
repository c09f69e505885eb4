import { useCallback, useRef } from "react";
import type WaveSurfer from "wavesurfer.js";
import type { UtteranceOut } from "@/api/schema";

const OVERSHOOT_S = 0.5;

/**
 * Choose a line and play it alone. The player stops a little late, so the line is chosen again then:
 * what is marked as looked at is what was heard, and not the line after it.
 */
export function useLineAlone(
  utterances: readonly UtteranceOut[],
  player: WaveSurfer | null,
  choose: (index: number, play: boolean) => void,
) {
  const forget = useRef<(() => void) | null>(null);
  return useCallback(
    (index: number) => {
      forget.current?.();
      choose(index, false);
      const line = utterances[index];
      if (!player || line === undefined || line.start_ms === null || line.end_ms === null) return;
      const [start, end] = [line.start_ms / 1000, line.end_ms / 1000];
      forget.current = player.once("pause", () => {
        const time = player.getCurrentTime();
        if (time >= start && time <= end + OVERSHOOT_S) choose(index, false);
      });
      // A recording that cannot be played tells so by its error event.
      player.play(start, end).catch(() => undefined);
    },
    [utterances, player, choose],
  );
}
