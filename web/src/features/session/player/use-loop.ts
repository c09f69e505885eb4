import { useCallback, useEffect, useMemo, useState } from "react";
import type WaveSurfer from "wavesurfer.js";
import type { TimedLine } from "@/features/session/player/timing";

/** A player set to a line's edge may stand a hair beside it. */
const HAIR_S = 0.05;

export interface Looping {
  /** Index of the line that is heard again and again; null when none is. */
  looped: number | null;
  /** Hear a line again and again; the same line once more, or null, ends it. */
  loop: (index: number | null) => void;
}

/** What a loop does at a moment: nothing, begin anew at the line's end, or end because somebody went elsewhere. */
export function loopStep(line: TimedLine, time_s: number, seeking: boolean): "stay" | "again" | "leave" {
  const outside = time_s < line.start_s - HAIR_S || time_s > line.end_s + HAIR_S;
  if (seeking) return outside ? "leave" : "stay";
  return time_s >= line.end_s ? "again" : "stay";
}

/** Hearing one line over and over, until another place is chosen. */
export function useLoop(player: WaveSurfer | null, lines: readonly TimedLine[]): Looping {
  const [wanted, setWanted] = useState<number | null>(null);
  const line = useMemo(() => lines.find(({ index }) => index === wanted) ?? null, [lines, wanted]);

  useEffect(() => {
    if (!player || !line) return;
    const again = () => {
      player.setTime(line.start_s);
      // A recording that cannot be played tells so by its error event.
      player.play().catch(() => undefined);
    };
    const stops = [
      player.on("timeupdate", (time) => {
        const step = loopStep(line, time, player.isSeeking());
        if (step === "leave") setWanted(null);
        if (step === "again" && player.isPlaying()) again();
      }),
      player.on("finish", again),
    ];
    again();
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }, [player, line]);

  const loop = useCallback((index: number | null) => {
    setWanted((old) => (old === index ? null : index));
  }, []);
  return { looped: line?.index ?? null, loop };
}
