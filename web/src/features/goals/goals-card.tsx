import { Badge, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/get-access";
import type { GoalOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import { GoalDialog } from "@/features/goals/goal-dialog";
import { goalsQuery, useCloseGoal } from "@/features/goals/get-goals";
import { formatDate, formatUnit, formatValue } from "@/lib/format";

const STATUS: Record<GoalOut["status"], string> = {
  met: "Met",
  progressing: "On the way",
  not_yet: "Not yet",
  cannot_tell: "Can't tell yet",
};

const REASONS: Record<NonNullable<GoalOut["reason"]>, string> = {
  few_sessions: "more sessions since the baseline are needed",
  no_error: "how far sessions differ without any change is not known for this measure yet",
  within_error: "the mean is nearer to the criterion than its error",
};

/** What is worked towards, each with its status from the data. */
export function GoalsCard({ childId }: { childId: string }) {
  const goals = useQuery(goalsQuery(childId));
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const open = goals.data?.goals.filter((goal) => goal.is_open) ?? [];
  const mayManage = may("manage_goals");
  return (
    <section className="card stack" aria-labelledby="goals-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="goals-title">Goals</h2>
        {mayManage && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setAdding(true);
            }}
          >
            Add a goal
          </Button>
        )}
      </div>
      {goals.isPending && <LoadingLines label="The goals are being loaded" lines={1} />}
      {goals.isError && <ErrorState error={goals.error} onRetry={() => void goals.refetch()} />}
      {goals.data && open.length === 0 && <p className="quiet">No goal yet.</p>}
      {open.length > 0 && (
        <ul className="plain stack">
          {open.map((goal) => (
            <Goal key={goal.id} childId={childId} goal={goal} mayManage={mayManage} />
          ))}
        </ul>
      )}
      {typeof goals.data?.t_score === "number" && (
        <p className="small quiet">
          T-score of the goals with levels: {goals.data.t_score.toFixed(1)} (50: as expected on average)
        </p>
      )}
      {adding && (
        <GoalDialog
          childId={childId}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}

function Goal({ childId, goal, mayManage }: { childId: string; goal: GoalOut; mayManage: boolean }) {
  const close = useCloseGoal(childId);
  return (
    <li className="stack" style={{ gap: "0.35rem" }}>
      <div
        className="row"
        style={{ justifyContent: "space-between", flexWrap: "nowrap", alignItems: "start" }}
      >
        <h3 dir="auto" style={{ overflowWrap: "anywhere" }}>
          {goal.behaviour}
        </h3>
        <Badge variant="light" color={goal.status === "met" ? "teal" : "gray"} style={{ flexShrink: 0 }}>
          {STATUS[goal.status]}
        </Badge>
      </div>
      <p className="small" dir="auto">
        {goal.condition}, by {formatDate(goal.due)}
      </p>
      <p className="small quiet">{figuresOf(goal)}</p>
      {goal.reason && <p className="small quiet">We can't tell yet: {REASONS[goal.reason]}.</p>}
      {close.isError && <ErrorState error={close.error} />}
      {mayManage && (
        <Button
          size="compact-xs"
          variant="default"
          style={{ alignSelf: "flex-start" }}
          loading={close.isPending}
          aria-label={`Close: ${goal.behaviour}`}
          onClick={() => {
            close.mutate(goal.id);
          }}
        >
          Close
        </Button>
      )}
    </li>
  );
}

/** Baseline, now with its error, criterion and level in one line. */
function figuresOf(goal: GoalOut): string {
  const show = (value: number) => formatValue(value, goal.unit);
  const now =
    goal.mean === null
      ? null
      : `now ${show(goal.mean)}${goal.margin === null ? "" : ` ± ${show(goal.margin)}`}`;
  const level =
    goal.level === null
      ? null
      : `level ${goal.level > 0 ? "+" : goal.level < 0 ? "−" : ""}${Math.abs(goal.level)}`;
  const parts = [
    goal.baseline === null ? null : `baseline ${show(goal.baseline)}`,
    now,
    `goal ${goal.direction === "at_least" ? "at least" : "at most"} ${show(goal.criterion)}`,
    level,
  ];
  return `${goal.title} (${formatUnit(goal.unit) || goal.unit}): ${parts.filter(Boolean).join(", ")}`;
}
