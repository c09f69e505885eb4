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
  const save = () => {
    if (shown === line) return;
    if (shown.start_s === line.start_s && shown.end_s === line.end_s) setMoved(null);
    else onTimes(line.index, Math.round(shown.start_s * 1000), Math.round(shown.end_s * 1000));
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
          timeAt={(clientX) => {
            const box = handles.current[edge]?.parentElement?.getBoundingClientRect();
            if (!box) return shown[`${edge}_s`];
            const view = viewOf(player, box.width);
            return view.from_s + ((clientX - box.left) / box.width) * (view.to_s - view.from_s);
          }}
          onSave={save}
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
  timeAt: (clientX: number) => number;
  onSave: () => void;
  onLeave: () => void;
}

function Handle({ edge, line, length_s, onElement, onMove, timeAt, onSave, onLeave }: HandleProps) {
  const { t } = useTranslation();
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
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(timeAt(event.clientX));
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
      onPointerMove={drag}
      onPointerUp={onSave}
      onPointerCancel={onLeave}
    />
  );
}
