import type { InsightOut } from "@/api/schema";
import { Claims, type Here } from "@/components/evidence";
import { VerdictMark } from "@/components/verdict";
import { InsightStatus } from "@/components/insight-status";
import { kindTitle } from "@/components/insight-kinds";
import { Review } from "@/components/review-insight";
import classes from "@/features/session/facts/facts.module.css";

const HERE: Partial<Record<InsightOut["kind"], string>> = { change: "Against earlier sessions" };
const titleOf = (kind: InsightOut["kind"]) => HERE[kind] ?? kindTitle(kind);

interface InsightsPanelProps {
  childId: string;
  insights: InsightOut[];
  here: Here;
}

/** What was seen, each sentence with the lines it rests on. A draft until a therapist decides. */
export function InsightsPanel({ childId, insights, here }: InsightsPanelProps) {
  const shown = insights.filter((insight) => insight.status !== "dismissed");
  return (
    <section className="card" aria-labelledby="insights-title">
      <h2 id="insights-title">Insights</h2>
      {shown.length === 0 && <p className="quiet">Nothing that the lines of this session could support.</p>}
      {shown.map((insight) => (
        <article key={insight.id} className={classes.insight} aria-label={titleOf(insight.kind)}>
          <div className="row" style={{ gap: "0.25rem 0.75rem" }}>
            <span className="small quiet">{titleOf(insight.kind)}</span>
            {insight.verdict && insight.verdict !== "descriptive" && (
              <VerdictMark verdict={insight.verdict} measure={insight.measure} />
            )}
            <InsightStatus insight={insight} />
          </div>
          <Claims claims={insight.claims} evidence={insight.evidence} here={here} />
          <Review childId={childId} insight={insight} place={{ of_session: here.session, voice: "slp" }} />
        </article>
      ))}
    </section>
  );
}
