import type { InsightOut } from "@/api/schema";
import { Claims } from "@/components/evidence";
import { InsightStatus } from "@/components/insight-status";
import { Review, type Place } from "@/components/review-insight";
import { VerdictMark } from "@/components/verdict";
import classes from "@/features/insights/insights.module.css";

interface ToldProps {
  childId: string;
  insight: InsightOut;
  place: Place;
}

/** One insight: how it stands, its sentences, what can be decided about it. */
export function Told({ childId, insight, place }: ToldProps) {
  return (
    <article className={classes.insight}>
      <div className="row" style={{ gap: "0.25rem 0.75rem" }}>
        {insight.verdict && insight.verdict !== "descriptive" && place.voice === "slp" && (
          <VerdictMark verdict={insight.verdict} measure={insight.measure} />
        )}
        <InsightStatus insight={insight} />
      </div>
      <Claims claims={insight.claims} evidence={insight.evidence} />
      <Review childId={childId} insight={insight} place={place} />
    </article>
  );
}
