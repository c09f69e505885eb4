import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/get-access";
import type { InsightOut } from "@/api/schema";
import { Claims } from "@/components/evidence";
import { ErrorState, LoadingLines } from "@/components/states";
import { VerdictMark } from "@/components/verdict";
import { ActivityCard } from "@/features/insights/activity-card";
import { periodQuery, type Voice } from "@/features/insights/get-period";
import { InsightStatus } from "@/components/insight-status";
import classes from "@/features/insights/insights.module.css";
import { KINDS } from "@/components/insight-kinds";
import { Review } from "@/components/review-insight";

/** The account of all sessions, for the therapist or the family, and one thing to try at home. */
export function PeriodCard({ childId }: { childId: string }) {
  const may = useMay();
  const canReview = may("approve_insight");
  const [chosen, setChosen] = useState<Voice>("slp");
  const voice = canReview ? chosen : "parent";
  const period = useQuery({ ...periodQuery(childId, voice), placeholderData: keepPreviousData });
  const told = period.data?.insights.filter((i) => i.status !== "dismissed" && i.kind !== "idea") ?? [];
  const idea = period.data?.insights.find((insight) => insight.kind === "idea");
  const kinds = [...new Set(told.map((insight) => insight.kind))];
  return (
    <>
      <section className="card stack" aria-labelledby="period-title">
        <div className="row" style={{ justifyContent: "space-between" }}>
          <h2 id="period-title">Insights</h2>
          {canReview && (
            <SegmentedControl
              size="xs"
              aria-label="Who reads it"
              value={chosen}
              onChange={(value) => {
                setChosen(value as Voice);
              }}
              data={[
                { value: "slp", label: "For the therapist" },
                { value: "parent", label: "For the family" },
              ]}
            />
          )}
        </div>
        {period.isPending && <LoadingLines label="The insights are being loaded" />}
        {period.isError && <ErrorState error={period.error} onRetry={() => void period.refetch()} />}
        {kinds.map((kind) => (
          <section key={kind} aria-label={KINDS[kind]}>
            <h3 className="small quiet">{KINDS[kind]}</h3>
            {told
              .filter((insight) => insight.kind === kind)
              .map((insight) => (
                <Told key={`${voice}.${insight.key}`} childId={childId} insight={insight} voice={voice} />
              ))}
          </section>
        ))}
      </section>
      {period.data?.activity && (
        <ActivityCard childId={childId} activity={period.data.activity}>
          {canReview && idea && <Review childId={childId} insight={idea} place={{ voice }} />}
        </ActivityCard>
      )}
    </>
  );
}

function Told({ childId, insight, voice }: { childId: string; insight: InsightOut; voice: Voice }) {
  return (
    <article className={classes.insight}>
      <div className="row" style={{ gap: "0.25rem 0.75rem" }}>
        {insight.verdict && insight.verdict !== "descriptive" && voice === "slp" && (
          <VerdictMark verdict={insight.verdict} measure={insight.measure} />
        )}
        <InsightStatus insight={insight} />
      </div>
      <Claims claims={insight.claims} evidence={insight.evidence} />
      <Review childId={childId} insight={insight} place={{ voice }} />
    </article>
  );
}
