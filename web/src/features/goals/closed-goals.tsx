import { useTranslation } from "react-i18next";
import type { GoalOut } from "@/api/schema";
import { figuresOf } from "@/features/goals/goal-item";
import classes from "@/features/goals/goals.module.css";
import { formatDate } from "@/lib/format";

/** What was worked towards before, folded: when each goal was closed, and why. */
export function ClosedGoals({ goals }: { goals: readonly GoalOut[] }) {
  const { t } = useTranslation();
  if (goals.length === 0) return null;
  return (
    <details>
      <summary className="small">{t("goals.closed", { count: goals.length })}</summary>
      <ul className={`plain stack ${classes.closed}`}>
        {goals.map((goal) => (
          <li key={goal.id} className={classes.goal}>
            <h3 dir="auto">{goal.behaviour}</h3>
            <p className="small">
              {t("goals.closed_on", { date: formatDate(goal.closed_at) })} <bdi>{goal.closed_why}</bdi>
            </p>
            <p className="small quiet">{figuresOf(goal)}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
