import { Badge, Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GoalOut } from "@/api/schema";
import { CloseGoal } from "@/features/goals/close-goal";
import { GoalDialog } from "@/features/goals/goal-dialog";
import { GoalLevels, levelWords } from "@/features/goals/goal-levels";
import classes from "@/features/goals/goals.module.css";
import { formatDate, formatUnit, formatValue } from "@/lib/format";
import { measureTitle } from "@/lib/measures";
import { texts } from "@/texts";

interface GoalItemProps {
  childId: string;
  goal: GoalOut;
  mayManage: boolean;
}

/** One open goal: its words, where the child stands by the data, its levels, and what can be done with it. */
export function GoalItem({ childId, goal, mayManage }: GoalItemProps) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<"change" | "close" | null>(null);
  const done = () => {
    setDoing(null);
  };
  return (
    <li className={classes.goal}>
      <div className={classes.head}>
        <h3 dir="auto">{goal.behaviour}</h3>
        <Badge variant="light" color={goal.status === "met" ? "teal" : "gray"} style={{ flexShrink: 0 }}>
          {t(`goals.status.${goal.status}`)}
        </Badge>
      </div>
      <p className="small" dir="auto">
        {t("goals.when", { condition: goal.condition, due: formatDate(goal.due) })}
      </p>
      <p className="small quiet">{figuresOf(goal)}</p>
      {goal.reason && <p className="small quiet">{t(`goals.reasons.${goal.reason}`)}</p>}
      {goal.changed_why && (
        <p className="small quiet" dir="auto">
          {t("goals.changed_why", { why: goal.changed_why })}
        </p>
      )}
      <GoalLevels goal={goal} />
      {mayManage && (
        <div className="row">
          {(["change", "close"] as const).map((what) => (
            <Button
              key={what}
              size="compact-xs"
              variant="default"
              aria-label={t(`goals.${what}_named`, { goal: goal.behaviour })}
              onClick={() => {
                setDoing(what);
              }}
            >
              {t(`goals.${what}`)}
            </Button>
          ))}
        </div>
      )}
      {doing === "change" && <GoalDialog childId={childId} goal={goal} onClose={done} />}
      {doing === "close" && <CloseGoal childId={childId} goal={goal} onClose={done} />}
    </li>
  );
}

/** Baseline, now with its error, criterion and level in one line. */
export function figuresOf(goal: GoalOut): string {
  const show = (value: number) => formatValue(value, goal.unit);
  const parts = [
    goal.baseline === null ? null : texts.t("goals.baseline", { value: show(goal.baseline) }),
    goal.mean === null
      ? null
      : texts.t("goals.now", {
          value: `${show(goal.mean)}${goal.margin === null ? "" : ` ± ${show(goal.margin)}`}`,
        }),
    texts.t(`goals.criterion_${goal.direction}`, { value: show(goal.criterion) }),
    goal.level === null ? null : texts.t("goals.level", { level: levelWords(goal.level) }),
  ];
  return texts.t("goals.figures", {
    title: measureTitle({ id: goal.measure, title: goal.title }),
    unit: formatUnit(goal.unit) || goal.unit,
    figures: parts.filter(Boolean).join(", "),
  });
}
