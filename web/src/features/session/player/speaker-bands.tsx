import { useElementSize } from "@mantine/hooks";
import { useCallback, useRef } from "react";
import type WaveSurfer from "wavesurfer.js";
import { penOf, token } from "@/features/session/player/canvas";
import classes from "@/features/session/player/player.module.css";
import { linesBetween, type TimedLine } from "@/features/session/player/timing";
import { useDrawnView, type View } from "@/features/session/player/use-drawn-view";
import type { SpeakerKind } from "@/lib/speakers";

export const WAVE_HEIGHT = 84;
const EDGE = 3;

interface SpeakerBandsProps {
  player: WaveSurfer | null;
  lines: readonly TimedLine[];
  kindOf: (index: number) => SpeakerKind;
  active: number | null;
}

/**
 * Every timed utterance behind the waveform, in its speaker's colour.
 *
 * Drawn, not built of wavesurfer's regions: those cost a second for 1,000 utterances and hang at 10,000.
 */
export function SpeakerBands({ player, lines, kindOf, active }: SpeakerBandsProps) {
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (view: View) => {
      const pen = canvas.current && penOf(canvas.current, view.width, WAVE_HEIGHT);
      if (!pen) return;
      const shown = linesBetween(lines, view.from_s, view.to_s);
      drawBands(pen, shown, kindOf, view);
      // Twice as strong: the line that is heard or chosen.
      drawBands(
        pen,
        shown.filter((line) => line.index === active),
        kindOf,
        view,
      );
    },
    [lines, kindOf, active],
  );
  useDrawnView(player, width, draw);
  return (
    <div ref={ref} className={classes.bands} aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}

function drawBands(
  pen: CanvasRenderingContext2D,
  lines: readonly TimedLine[],
  kindOf: (index: number) => SpeakerKind,
  view: View,
) {
  const perS = view.width / (view.to_s - view.from_s);
  const colours = coloursOf(pen);
  for (const line of lines) {
    const { edge, wash } = colours[kindOf(line.index)];
    const x = (line.start_s - view.from_s) * perS;
    const wide = Math.max(1, (line.end_s - line.start_s) * perS);
    pen.fillStyle = wash;
    pen.fillRect(x, 0, wide, WAVE_HEIGHT);
    pen.fillStyle = edge;
    pen.fillRect(x, 0, wide, EDGE);
  }
}

type Colours = Record<SpeakerKind, { edge: string; wash: string | CanvasPattern }>;

function coloursOf(pen: CanvasRenderingContext2D): Colours {
  const of = (kind: SpeakerKind) => ({
    edge: token(`--speaker-${kind}`),
    wash: token(`--speaker-${kind}-wash`),
  });
  const unknown = of("unknown");
  return {
    child: of("child"),
    adult: of("adult"),
    other: of("other"),
    unknown: { edge: unknown.edge, wash: hatched(pen, unknown.edge) ?? unknown.wash },
  };
}

/** Diagonal lines, for whom nobody has named. */
function hatched(pen: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const tile = document.createElement("canvas");
  [tile.width, tile.height] = [8, 8];
  const brush = tile.getContext("2d");
  if (!brush) return null;
  brush.strokeStyle = colour;
  brush.globalAlpha = 0.45;
  brush.lineWidth = 1.5;
  brush.beginPath();
  for (const shift of [-8, 0, 8]) {
    brush.moveTo(shift, 8);
    brush.lineTo(shift + 8, 0);
  }
  brush.stroke();
  return pen.createPattern(tile, "repeat");
}
