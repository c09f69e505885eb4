import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { ErrorState, LoadingLines } from "@/components/states";
import { ClosedGoals } from "@/features/goals/closed-goals";
import { goalsQuery } from "@/features/goals/get-goals";
import { GoalDialog } from "@/features/goals/goal-dialog";
import { GoalItem } from "@/features/goals/goal-item";
import { formatValue } from "@/lib/format";

/** What is worked towards, each with its status from the data, and what was worked towards before. */
export function GoalsCard({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const goals = useQuery(goalsQuery(childId));
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const open = goals.data?.goals.filter((goal) => goal.is_open) ?? [];
  const mayManage = may("manage_goals");
  return (
    <section className="card stack" aria-labelledby="goals-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="goals-title">{t("goals.title")}</h2>
        {mayManage && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setAdding(true);
            }}
          >
            {t("goals.add")}
          </Button>
        )}
      </div>
      {goals.isPending && <LoadingLines label={t("goals.loading")} lines={1} />}
      {goals.isError && <ErrorState error={goals.error} onRetry={() => void goals.refetch()} />}
      {goals.data && open.length === 0 && <p className="quiet">{t("goals.none")}</p>}
      {open.length > 0 && (
        <ul className="plain stack">
          {open.map((goal) => (
            <GoalItem key={goal.id} childId={childId} goal={goal} mayManage={mayManage} />
          ))}
        </ul>
      )}
      {typeof goals.data?.t_score === "number" && (
        <p className="small quiet">{t("goals.t_score", { score: formatValue(goals.data.t_score, "%") })}</p>
      )}
      {goals.data && <ClosedGoals goals={goals.data.goals.filter((goal) => !goal.is_open)} />}
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
