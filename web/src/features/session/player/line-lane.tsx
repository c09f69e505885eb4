import { useElementSize } from "@mantine/hooks";
import { useCallback, useRef, useState, type MouseEvent } from "react";
import type WaveSurfer from "wavesurfer.js";
import { penOf, token } from "@/features/session/player/canvas";
import classes from "@/features/session/player/player.module.css";
import { lineUnder, linesBetween, type TimedLine } from "@/features/session/player/timing";
import { useDrawnView, viewOf, type View } from "@/features/session/player/use-drawn-view";
import type { SpeakerKind } from "@/lib/speakers";

export const LANE_HEIGHT = 20;

interface LineLaneProps {
  player: WaveSurfer | null;
  lines: readonly TimedLine[];
  kindOf: (index: number) => SpeakerKind;
  active: number | null;
  looped: number | null;
  onOpen: (index: number) => void;
}

/** The utterances as blocks over the waveform: a click plays one. By keyboard the transcript's lines do the same. */
export function LineLane({ player, lines, kindOf, active, looped, onOpen }: LineLaneProps) {
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [over, setOver] = useState(false);
  const draw = useCallback(
    (view: View) => {
      const pen = canvas.current && penOf(canvas.current, view.width, LANE_HEIGHT);
      if (!pen) return;
      for (const line of linesBetween(lines, view.from_s, view.to_s))
        drawBlock(pen, line, view, {
          colour: token(`--speaker-${kindOf(line.index)}`),
          active: line.index === active,
          looped: line.index === looped,
        });
    },
    [lines, kindOf, active, looped],
  );
  useDrawnView(player, width, draw);
  const under = (event: MouseEvent<HTMLDivElement>): number | null => {
    if (!player) return null;
    const box = event.currentTarget.getBoundingClientRect();
    const view = viewOf(player, box.width);
    return lineUnder(
      lines,
      view.from_s + ((event.clientX - box.left) / box.width) * (view.to_s - view.from_s),
    );
  };
  return (
    // The lines' own buttons in the transcript do the same for keyboard and screen reader.
    <div
      ref={ref}
      className={classes.lane}
      style={{ height: LANE_HEIGHT }}
      data-over={over}
      data-lane
      aria-hidden="true"
      onMouseMove={(event) => {
        setOver(under(event) !== null);
      }}
      onClick={(event) => {
        const index = under(event);
        if (index !== null) onOpen(index);
      }}
    >
      <canvas ref={canvas} />
    </div>
  );
}

interface Look {
  colour: string;
  active: boolean;
  looped: boolean;
}

/** Active is told by height and outline, looped by a bar at both ends: not by colour alone. */
function drawBlock(pen: CanvasRenderingContext2D, line: TimedLine, view: View, look: Look) {
  const perS = view.width / (view.to_s - view.from_s);
  const x = (line.start_s - view.from_s) * perS;
  const wide = Math.max(2, (line.end_s - line.start_s) * perS - 1);
  const inset = look.active ? 1 : 5;
  pen.fillStyle = look.colour;
  pen.globalAlpha = look.active ? 1 : 0.6;
  pen.fillRect(x, inset, wide, LANE_HEIGHT - 2 * inset);
  pen.globalAlpha = 1;
  if (look.active) {
    pen.strokeStyle = token("--ink");
    pen.lineWidth = 1.5;
    pen.strokeRect(x - 0.5, inset, wide + 1, LANE_HEIGHT - 2 * inset);
  }
  if (look.looped) {
    pen.fillStyle = token("--ink");
    pen.fillRect(x - 3, 0, 3, LANE_HEIGHT);
    pen.fillRect(x + wide, 0, 3, LANE_HEIGHT);
  }
}
