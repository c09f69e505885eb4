import { useElementSize } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MeasureInfoOut, ProgressOut, SeriesOut } from "@/api/schema";
import { CHART, layOut, type Mark } from "@/features/child/chart-layout";
import classes from "@/features/child/chart.module.css";
import { pointWords } from "@/features/child/point-words";
import { barWords, type ChartPoint, isHollow, isLeftOut, withErrors } from "@/features/child/progress-words";
import { formatDate, formatUnit, formatValue } from "@/lib/format";

interface SeriesChartProps {
  series: SeriesOut;
  progress?: ProgressOut | undefined;
}

/** One measure over the sessions, each with its error. Dots grow with n; hollow ones enter no verdict; a gap is a gap. */
export function SeriesChart({ series, progress }: SeriesChartProps) {
  const { ref, width } = useElementSize();
  const [told, setTold] = useState<Mark | null>(null);
  const { measure } = series;
  const points = withErrors(series, progress);
  const { marks, runs, ticks } = layOut(points, measure.unit, width || 640);
  const floor = CHART.height - CHART.bottom;
  return (
    <figure className={classes.figure}>
      <div ref={ref}>
        <svg
          width="100%"
          height={CHART.height}
          role="group"
          aria-label={`${measure.title} over the sessions`}
          className={classes.chart}
        >
          <text x={0} y={12} className={classes.quiet}>
            {formatUnit(measure.unit) || measure.unit}
          </text>
          {ticks.map(({ value, y }) => (
            <g key={value}>
              <line
                x1={CHART.left - 18}
                x2={Math.max(CHART.left, width - CHART.right / 2)}
                y1={y}
                y2={y}
                className={classes.grid}
              />
              <text x={CHART.left - 26} y={y + 4} textAnchor="end" className={classes.quiet}>
                {value.toLocaleString("en")}
              </text>
            </g>
          ))}
          {runs.map((run) => (
            <polyline
              key={run[0]?.point.session_id}
              points={run.map((mark) => `${mark.x},${mark.y ?? 0}`).join(" ")}
              className={classes.line}
            />
          ))}
          {marks.map((mark) => (
            <ChartMark
              key={mark.point.session_id}
              mark={mark}
              info={measure}
              floor={floor}
              onTell={setTold}
            />
          ))}
        </svg>
      </div>
      <figcaption className={classes.told}>
        {told ? pointWords(told.point, measure) : captionOf(points, measure)}
      </figcaption>
    </figure>
  );
}

/** The caption says in words what the marks mean here. */
function captionOf(points: readonly ChartPoint[], measure: MeasureInfoOut): string {
  const parts = [measure.description, barWords(points)];
  if (points.some(isLeftOut)) parts.push("Hollow dots enter no verdict; each says why.");
  else if (points.some((point) => point.value !== null && isHollow(point)))
    parts.push("Hollow dots rest on little material.");
  if (points.some((point) => point.value === null)) parts.push("A cross marks a session without a value.");
  return parts.filter(Boolean).join(" ");
}

const errorBar = (x: number, top: number, bottom: number): string =>
  `M${x - 4} ${top}h8m-4 0V${bottom}m-4 0h8`;

interface ChartMarkProps {
  mark: Mark;
  info: MeasureInfoOut;
  floor: number;
  onTell: (mark: Mark | null) => void;
}

function ChartMark({ mark, info, floor, onTell }: ChartMarkProps) {
  const { point, x, y, bar, radius } = mark;
  const tell = () => {
    onTell(mark);
  };
  const hush = () => {
    onTell(null);
  };
  return (
    <g>
      <Link
        to="/sessions/$sessionId"
        params={{ sessionId: point.session_id }}
        search={{ measure: info.id }}
        aria-label={pointWords(point, info)}
        className={classes.mark}
        onMouseEnter={tell}
        onMouseLeave={hush}
        onFocus={tell}
        onBlur={hush}
      >
        <rect x={x - 16} y={CHART.top - 20} width={32} height={floor - CHART.top + 20} fill="transparent" />
        {bar && <path d={errorBar(x, bar.top, bar.bottom)} className={classes.bar} />}
        {y === null ? (
          <path d={`M${x - 4} ${floor - 14}l8 8m0 -8l-8 8`} className={classes.gap} />
        ) : (
          <circle cx={x} cy={y} r={radius} className={isHollow(point) ? classes.hollow : classes.dot} />
        )}
      </Link>
      <MarkLabels mark={mark} unit={info.unit} floor={floor} />
    </g>
  );
}

/** The figure at the dot and the date below it; the link says both in words. */
function MarkLabels({ mark, unit, floor }: { mark: Mark; unit: string; floor: number }) {
  const { point, x, y, radius } = mark;
  return (
    <g aria-hidden="true" className={classes.labels}>
      {mark.label && y !== null && (
        <text x={x} y={y - radius - 6} textAnchor="middle" className={classes.value}>
          {formatValue(point.value, unit)}
        </text>
      )}
      {mark.dated && (
        <text x={x} y={floor + 20} textAnchor="middle" className={classes.quiet}>
          {point.week !== null && (
            <tspan x={x} className={classes.week}>
              week {point.week}
            </tspan>
          )}
          <tspan x={x} dy={point.week === null ? 0 : 16}>
            {formatDate(point.date).replace(/ \d{4}$/, "")}
          </tspan>
        </text>
      )}
    </g>
  );
}
