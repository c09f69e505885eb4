import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PhasePlanOut, PhaseRangeOut } from "@/api/schema";
import type { Course } from "@/features/progress/course";
import { PhasesDialog } from "@/features/progress/phases-dialog";
import { PhasesTable } from "@/features/progress/phases-table";
import { formatDate } from "@/lib/format";
import { texts } from "@/texts";

interface PhasesCardProps {
  childId: string;
  plan: PhasePlanOut;
  courses: readonly Course[];
  mayState: boolean;
}

/** Baseline and intervention, as stated, and the measures in both. */
export function PhasesCard({ childId, plan, courses, mayState }: PhasesCardProps) {
  const { t } = useTranslation();
  const [stating, setStating] = useState(false);
  const compared = courses.filter(({ told }) => told.phases !== null);
  if (!plan.baseline && !mayState) return null;
  return (
    <section className="card stack" aria-labelledby="phases-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="phases-title">{t("progress.phases.title")}</h2>
        {mayState && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setStating(true);
            }}
          >
            {plan.baseline ? t("progress.phases.change") : t("progress.phases.state")}
          </Button>
        )}
      </div>
      {plan.baseline && plan.intervention ? (
        <>
          <p className="small">
            {t("progress.phases.baseline_range", { range: rangeWords(plan.baseline) })}{" "}
            {t("progress.phases.intervention_range", { range: rangeWords(plan.intervention) })}{" "}
            {plan.note && <bdi>{plan.note}</bdi>}
          </p>
          {compared.length > 0 ? (
            <PhasesTable courses={compared} />
          ) : (
            <p className="small quiet">{t("progress.phases.nothing")}</p>
          )}
        </>
      ) : (
        <p className="small quiet">{t("progress.phases.none")}</p>
      )}
      {stating && (
        <PhasesDialog
          childId={childId}
          plan={plan}
          onClose={() => {
            setStating(false);
          }}
        />
      )}
    </section>
  );
}

const rangeWords = ({ first, last }: PhaseRangeOut): string =>
  last
    ? texts.t("progress.phases.range", { first: formatDate(first), last: formatDate(last) })
    : texts.t("progress.phases.open_range", { first: formatDate(first) });
