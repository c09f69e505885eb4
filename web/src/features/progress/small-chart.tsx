import { useElementSize } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { NormBandOut } from "@/api/schema";
import { CHART, type ChartLayout, layOut, type Mark } from "@/features/progress/chart-layout";
import { ChartLink } from "@/features/progress/chart-link";
import { type Course, isLeftOut } from "@/features/progress/course";
import classes from "@/features/progress/small-chart.module.css";
import type { Note, TimeLine } from "@/features/progress/time-line";
import { formatNumber, formatValue } from "@/lib/format";
import { texts } from "@/texts";

interface SmallChartProps {
  course: Course;
  line: TimeLine;
  norms: readonly NormBandOut[];
  active: number | null;
  onActive: (index: number | null) => void;
}

/** One measure over the sessions, small. Dots grow with n, hollow ones enter no verdict, a gap is a gap. */
export function SmallChart({ course, line, norms, active, onActive }: SmallChartProps) {
  const { ref, width } = useElementSize();
  const wide = width || 320;
  const layout = layOut(course, line, norms, wide);
  const right = wide - CHART.right;
  const shown = active === null ? undefined : layout.marks[active];
  return (
    <div ref={ref} className={classes.figure}>
      <svg width="100%" height={CHART.height} className={classes.chart} aria-hidden="true">
        <Bands layout={layout} right={right} />
        <Notes notes={line.notes} width={right - CHART.left} />
        <Axes layout={layout} line={line} right={right} />
        {layout.runs.map((run) => (
          <polyline
            key={run[0]?.point.session.id}
            points={run.map(spotOf).join(" ")}
            className={classes.line}
          />
        ))}
        {layout.marks.map((mark) => (
          <Dot key={mark.point.session.id} mark={mark} />
        ))}
        {shown && <Shown mark={shown} />}
        <LastValue course={course} layout={layout} />
      </svg>
      <ChartLink course={course} marks={layout.marks} active={active} onActive={onActive} />
    </div>
  );
}

const FLOOR = CHART.height - CHART.bottom;
const spotOf = (mark: Mark): string => `${mark.x.toFixed(1)},${(mark.y ?? 0).toFixed(1)}`;

/** What would be usual: for the child from session to session, and for other children. */
function Bands({ layout, right }: { layout: ChartLayout; right: number }): ReactNode {
  const { usual, norm } = layout;
  return (
    <>
      {usual && (
        <rect
          x={CHART.left}
          width={Math.max(0, right - CHART.left)}
          y={usual.top}
          height={Math.max(0, usual.bottom - usual.top)}
          className={classes.usual}
          data-band="usual"
        />
      )}
      {norm && (
        <g data-band="norm">
          <path d={norm.outline} className={classes.norm} />
          <path d={norm.middle} className={classes.middle} />
        </g>
      )}
    </>
  );
}

function Axes({ layout, line, right }: { layout: ChartLayout; line: TimeLine; right: number }): ReactNode {
  return (
    <>
      {layout.ticks.map(({ value, y }) => (
        <g key={value}>
          <line x1={CHART.left} x2={right} y1={y} y2={y} className={classes.grid} />
          <text x={CHART.left - 8} y={y + 4} textAnchor="end">
            {formatNumber(value)}
          </text>
        </g>
      ))}
      {line.weeks.map(({ at, week }, i) => (
        <text
          key={week}
          x={CHART.left + at * Math.max(0, right - CHART.left)}
          y={FLOOR + 17}
          textAnchor={i === 0 && line.weeks.length > 1 ? "start" : "middle"}
        >
          {i === 0 ? texts.t("progress.week", { week }) : week}
        </text>
      ))}
    </>
  );
}

const LABELLED_NOTES = 3;

/** Phases and changes of the situation: quiet lines, in words where there is room. */
function Notes({ notes, width }: { notes: readonly Note[]; width: number }): ReactNode {
  const phases = notes.some((note) => note.kind === "phase");
  const worded = (note: Note) => note.kind === "phase" || (!phases && notes.length <= LABELLED_NOTES);
  return notes.map((note) => {
    const x = CHART.left + note.at * Math.max(0, width);
    const late = note.at > 0.75;
    return (
      <g key={`${note.kind}${note.at}`}>
        <line x1={x} x2={x} y1={CHART.top - 8} y2={FLOOR} className={classes[note.kind]} />
        {worded(note) && (
          <text x={late ? x - 4 : x + 4} y={CHART.top - 8} textAnchor={late ? "end" : "start"}>
            {shortened(note.words)}
          </text>
        )}
      </g>
    );
  });
}

const MOST_LETTERS = 18;
const shortened = (words: string): string =>
  words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS - 1).trimEnd()}…` : words;

function Dot({ mark }: { mark: Mark }): ReactNode {
  const { x, y, bar, radius, point } = mark;
  if (y === null)
    return <path d={`M${x - 3} ${FLOOR - 9}l6 6m0 -6l-6 6`} className={classes.gap} data-mark="gap" />;
  const left = isLeftOut(point);
  return (
    <g data-mark={left ? "hollow" : "dot"}>
      {bar && <path d={`M${x - 2.5} ${bar.top}h5m-2.5 0V${bar.bottom}m-2.5 0h5`} className={classes.bar} />}
      <circle cx={x} cy={y} r={radius} className={left ? classes.hollow : classes.dot} />
    </g>
  );
}

function Shown({ mark }: { mark: Mark }): ReactNode {
  return (
    <>
      <line x1={mark.x} x2={mark.x} y1={CHART.top} y2={FLOOR} className={classes.here} />
      {mark.y !== null && <circle cx={mark.x} cy={mark.y} r={mark.radius + 2.5} className={classes.ring} />}
    </>
  );
}

/** The latest value beside its dot: a direct label instead of a legend. */
function LastValue({ course, layout }: { course: Course; layout: ChartLayout }): ReactNode {
  const last = layout.marks.findLast((mark) => mark.y !== null);
  if (!last || last.y === null) return null;
  return (
    <text x={last.x + last.radius + 5} y={last.y + 4} className={classes.value}>
      {formatValue(last.point.value, course.info.unit)}
    </text>
  );
}
