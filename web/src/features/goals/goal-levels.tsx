import { useTranslation } from "react-i18next";
import type { GoalOut } from "@/api/schema";
import classes from "@/features/goals/goals.module.css";
import { formatValue } from "@/lib/format";

const WIDTH = 300;
const EDGE = 34;
const LINE = 26;
const STEP = (WIDTH - 2 * EDGE) / 4;
/** As far beyond the outer levels as there is room for, in levels. */
const BEYOND = 0.4;

export const levelWords = (level: number): string =>
  `${level > 0 ? "+" : level < 0 ? "−" : ""}${Math.abs(level)}`;

/** Where a value lies on a scale of five values, in levels from −2 to 2: between two of them in proportion. */
export function levelOf(value: number, scale: readonly number[]): number {
  const rises = (scale.at(-1) ?? 0) > (scale[0] ?? 0);
  const further = (a: number, b: number) => (rises ? a > b : a < b);
  const next = scale.findIndex((edge) => further(edge, value));
  const upper = next === -1 ? scale.length - 1 : Math.max(1, next);
  const [from, to] = [scale[upper - 1] ?? 0, scale[upper] ?? 1];
  const level = upper - 3 + (value - from) / (to - from || 1);
  return Math.min(2 + BEYOND, Math.max(-2 - BEYOND, level));
}

const xOf = (level: number): number => EDGE + (level + 2) * STEP;

/** The five levels of a goal, with the mean of the latest sessions, its error, and the baseline on them. */
export function GoalLevels({ goal }: { goal: GoalOut }) {
  const { t } = useTranslation();
  if (goal.scale.length !== 5) return null;
  const show = (value: number) => formatValue(value, goal.unit);
  const place = (value: number) => xOf(levelOf(value, goal.scale));
  const levels = goal.scale.map((value, i) => `${levelWords(i - 2)}: ${show(value)}`).join(", ");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 62`}
      role="img"
      aria-label={t("goals.levels", { levels })}
      className={classes.levels}
    >
      <line
        x1={xOf(-2) - BEYOND * STEP}
        x2={xOf(2) + BEYOND * STEP}
        y1={LINE}
        y2={LINE}
        className={classes.axis}
      />
      {goal.scale.map((value, i) => (
        <g key={i} className={i === 2 ? classes.expected : classes.level}>
          <line x1={xOf(i - 2)} x2={xOf(i - 2)} y1={LINE - 5} y2={LINE + 5} />
          <text x={xOf(i - 2)} y={LINE + 19} textAnchor="middle">
            {levelWords(i - 2)}
          </text>
          <text x={xOf(i - 2)} y={LINE + 33} textAnchor="middle">
            {show(value)}
          </text>
        </g>
      ))}
      {goal.baseline !== null && (
        <circle cx={place(goal.baseline)} cy={LINE} r={4} className={classes.baseline} data-mark="baseline" />
      )}
      {goal.mean !== null && (
        <g className={classes.now} data-mark="now">
          {goal.margin !== null && (
            <line
              x1={place(goal.mean - goal.margin)}
              x2={place(goal.mean + goal.margin)}
              y1={LINE}
              y2={LINE}
            />
          )}
          <circle cx={place(goal.mean)} cy={LINE} r={6} />
          <text x={place(goal.mean)} y={LINE - 12} textAnchor="middle">
            {show(goal.mean)}
          </text>
        </g>
      )}
    </svg>
  );
}
