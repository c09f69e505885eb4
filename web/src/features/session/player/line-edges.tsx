import { useElementSize } from "@mantine/hooks";
import { useCallback, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import { fineClock, movedByKey, withEdge, type Edge } from "@/features/session/player/moved-edge";
import classes from "@/features/session/player/player.module.css";
import type { TimedLine } from "@/features/session/player/timing";
import { useDrawnView, viewOf, type View } from "@/features/session/player/use-drawn-view";

const EDGES = ["start", "end"] as const;

/** Give a line other times, in milliseconds. */
export type SetTimes = (index: number, start_ms: number, end_ms: number) => void;

interface LineEdgesProps {
  player: WaveSurfer;
  line: TimedLine;
  onTimes: SetTimes;
}

/** Two handles on the active line in the waveform: dragged, or moved by arrow keys until Enter saves them. */
export function LineEdges({ player, line, onTimes }: LineEdgesProps) {
  const { ref, width } = useElementSize();
  const handles = useRef<Partial<Record<Edge, HTMLElement | null>>>({});
  // What was moved belongs to the line as it was then: saved, or changed by somebody else, it is moved no more.
  const [moved, setMoved] = useState<{ of: TimedLine; to: TimedLine } | null>(null);
  const shown = moved?.of === line ? moved.to : line;
  const draw = useCallback(
    (view: View) => {
      const perS = view.width / (view.to_s - view.from_s);
      for (const edge of EDGES) place(handles.current[edge], (shown[`${edge}_s`] - view.from_s) * perS, view);
    },
    [shown],
  );
  useDrawnView(player, width, draw);
  const move = (edge: Edge, time_s: number) => {
    setMoved({ of: line, to: withEdge(shown, edge, time_s, player.getDuration()) });
  };
  const save = (to: TimedLine) => {
    if (to.start_s === line.start_s && to.end_s === line.end_s) setMoved(null);
    else onTimes(line.index, Math.round(to.start_s * 1000), Math.round(to.end_s * 1000));
  };
  return (
    <div ref={ref} className={classes.edges}>
      {EDGES.map((edge) => (
        <Handle
          key={edge}
          edge={edge}
          line={shown}
          length_s={player.getDuration()}
          onElement={(element) => {
            handles.current[edge] = element;
          }}
          onMove={(time_s) => {
            move(edge, time_s);
          }}
          perPx={() => {
            const drawn = handles.current[edge]?.parentElement?.clientWidth ?? width;
            const view = viewOf(player, drawn);
            return (view.to_s - view.from_s) / drawn;
          }}
          onDrop={(time_s) => {
            move(edge, time_s);
            // What was moved last may not be drawn yet.
            save(withEdge(shown, edge, time_s, player.getDuration()));
          }}
          onSave={() => {
            save(shown);
          }}
          onLeave={() => {
            setMoved(null);
          }}
        />
      ))}
    </div>
  );
}

function place(handle: HTMLElement | null | undefined, x: number, view: View) {
  if (!handle) return;
  handle.hidden = !(x >= -1 && x <= view.width + 1);
  handle.style.transform = `translateX(${Math.round(x)}px)`;
}

interface HandleProps {
  edge: Edge;
  line: TimedLine;
  length_s: number;
  onElement: (element: HTMLElement | null) => void;
  onMove: (time_s: number) => void;
  /** Seconds that a pixel is wide now. */
  perPx: () => number;
  onDrop: (time_s: number) => void;
  onSave: () => void;
  onLeave: () => void;
}

function Handle(props: HandleProps) {
  const { edge, line, length_s, onElement, onMove, perPx, onDrop, onSave, onLeave } = props;
  const { t } = useTranslation();
  const held = useRef<{ x: number; time_s: number } | null>(null);
  const time_s = line[`${edge}_s`];
  const press = (event: KeyboardEvent) => {
    const by = movedByKey(event);
    if (by !== null) onMove(time_s + by);
    else if (event.key === "Enter") onSave();
    else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
  };
  const take = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, time_s };
  };
  /** Tell where the edge is held now; a touch without a move moves nothing. */
  const tell = (event: PointerEvent<HTMLElement>, told: (time_s: number) => void) => {
    const from = held.current;
    if (from && from.x !== event.clientX) told(from.time_s + (event.clientX - from.x) * perPx());
  };
  const drop = (event: PointerEvent<HTMLElement>) => {
    tell(event, onDrop);
    held.current = null;
  };
  return (
    <div
      ref={onElement}
      className={classes.edge}
      data-edge={edge}
      role="slider"
      tabIndex={0}
      aria-label={t(`player.edges.${edge}`, { line: line.index + 1 })}
      aria-valuemin={0}
      aria-valuemax={length_s}
      aria-valuenow={time_s}
      aria-valuetext={fineClock(time_s)}
      title={fineClock(time_s)}
      onKeyDown={press}
      onBlur={onSave}
      onPointerDown={take}
      onPointerMove={(event) => {
        tell(event, onMove);
      }}
      onPointerUp={drop}
      onPointerCancel={() => {
        held.current = null;
        onLeave();
      }}
    />
  );
}
