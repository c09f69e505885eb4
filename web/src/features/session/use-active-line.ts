import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type WaveSurfer from "wavesurfer.js";
import type { UtteranceOut } from "@/api/schema";
import { lineAt, timedLines } from "@/features/session/player/timing";

/** The line that is heard or chosen, and how to open another one. */
export function useActiveLine(
  utterances: readonly UtteranceOut[],
  player: WaveSurfer | null,
  start: number | null,
) {
  const [active, setActive] = useState<number | null>(start);
  const lines = useMemo(() => timedLines(utterances), [utterances]);
  // Keys and clicks come from outside of the rendering: they need the latest, not the rendered, line.
  const latest = useRef(active);
  useEffect(() => {
    latest.current = active;
  }, [active]);

  useEffect(() => {
    if (!player) return;
    return player.on("timeupdate", (time) => {
      if (player.isPlaying() || player.isSeeking()) setActive((old) => lineAt(lines, time) ?? old);
    });
  }, [player, lines]);

  const choose = useCallback(
    (index: number, play: boolean) => {
      setActive(index);
      latest.current = index;
      const line = utterances[index];
      if (!player || line?.start_ms === null || line === undefined) return;
      player.setTime(line.start_ms / 1000);
      // A recording that cannot be played tells so by its error event.
      if (play) player.play().catch(() => undefined);
    },
    [utterances, player],
  );

  const open = useCallback(
    (index: number) => {
      choose(index, true);
    },
    [choose],
  );

  const step = useCallback(
    (by: 1 | -1) => {
      const next = latest.current === null ? 0 : latest.current + by;
      if (next >= 0 && next < utterances.length) choose(next, player?.isPlaying() ?? false);
    },
    [choose, utterances.length, player],
  );

  return { active, lines, choose, open, step };
}
