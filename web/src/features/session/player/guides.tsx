import { useEffect, useRef, useState, type PointerEvent, type ReactNode, type RefObject } from "react";
import type WaveSurfer from "wavesurfer.js";
import classes from "@/features/session/player/player.module.css";
import { viewOf } from "@/features/session/player/use-drawn-view";

const MOVES = ["timeupdate", "scroll", "zoom", "redraw", "ready"] as const;

interface GuidesProps {
  area: RefObject<HTMLDivElement | null>;
  player: WaveSurfer | null;
  onPoint: (time_s: number | null) => void;
  children: ReactNode;
}

/** What shares the time line, with the playhead and the pointer drawn through all of it. */
export function Guides({ area, player, onPoint, children }: GuidesProps) {
  const head = useRef<HTMLDivElement>(null);
  const [pointer, setPointer] = useState<number | null>(null);
  useEffect(() => {
    if (!player) return;
    // Past React: it moves with each frame that is heard.
    const place = () => {
      const width = area.current?.clientWidth ?? 0;
      const view = viewOf(player, width);
      const x = ((player.getCurrentTime() - view.from_s) / (view.to_s - view.from_s)) * width;
      if (!head.current) return;
      head.current.hidden = !(x >= 0 && x <= width);
      head.current.style.transform = `translateX(${Math.round(x)}px)`;
    };
    place();
    const stops = MOVES.map((event) => player.on(event, place));
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }, [area, player]);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!player || event.pointerType === "touch") return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const view = viewOf(player, box.width);
    setPointer(x);
    onPoint(view.from_s + (x / box.width) * (view.to_s - view.from_s));
  };
  const leave = () => {
    setPointer(null);
    onPoint(null);
  };
  return (
    <div ref={area} className={classes.views} onPointerMove={move} onPointerLeave={leave}>
      {children}
      <div ref={head} className={classes.head} hidden aria-hidden="true" />
      {pointer !== null && (
        <div
          className={classes.pointer}
          style={{ transform: `translateX(${Math.round(pointer)}px)` }}
          aria-hidden="true"
        />
      )}
    </div>
  );
}
