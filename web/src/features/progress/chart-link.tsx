import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from "react";
import { type Mark, nearest } from "@/features/progress/chart-layout";
import type { Course } from "@/features/progress/course";
import { pointWords } from "@/features/progress/course-words";
import classes from "@/features/progress/small-chart.module.css";
import { texts } from "@/texts";
import { measureTitle } from "@/lib/measures";

interface ChartLinkProps {
  course: Course;
  marks: readonly Mark[];
  active: number | null;
  onActive: (index: number | null) => void;
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * One link over the whole chart, which leads to the session that is shown: sixty links a chart would be five thousand
 * stops of the Tab key. Arrow keys and the pointer choose the session; a finger's first touch shows, its second opens.
 */
export function ChartLink({ course, marks, active, onActive }: ChartLinkProps) {
  const touched = useRef<number | null>(null);
  const at = active ?? lastValued(marks);
  const point = marks[at]?.point;
  if (!point) return null;
  const choose = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    onActive(Math.min(marks.length - 1, Math.max(0, step(at, marks.length - 1))));
  };
  const under = (event: PointerEvent | MouseEvent) =>
    nearest(marks, event.clientX - event.currentTarget.getBoundingClientRect().left);
  return (
    <Link
      to="/sessions/$sessionId"
      params={{ sessionId: point.session.id }}
      search={{ measure: course.info.id }}
      className={classes.open}
      aria-label={texts.t("progress.chart", {
        title: measureTitle(course.info),
        point: pointWords(point, course.info),
      })}
      onKeyDown={choose}
      onFocus={() => {
        onActive(at);
      }}
      onBlur={() => {
        onActive(null);
      }}
      onPointerDown={(event) => {
        touched.current = event.pointerType === "touch" && active !== under(event) ? under(event) : null;
      }}
      onPointerMove={(event) => {
        if (event.pointerType !== "touch" && under(event) !== active) onActive(under(event));
      }}
      onPointerLeave={(event) => {
        if (event.pointerType !== "touch") onActive(null);
      }}
      onClick={(event) => {
        if (touched.current === null) return;
        event.preventDefault();
        onActive(touched.current);
      }}
    />
  );
}

/** Where the keyboard begins: at the latest session that has a value. */
const lastValued = (marks: readonly Mark[]): number =>
  Math.max(
    0,
    marks.findLastIndex((mark) => mark.point.value !== null),
  );
