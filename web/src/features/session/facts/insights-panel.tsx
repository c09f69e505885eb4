import type { InsightOut } from "@/api/schema";
import { Claims, type Here } from "@/components/evidence";
import { VerdictMark } from "@/components/verdict";
import classes from "@/features/session/facts/facts.module.css";

const KINDS: Record<InsightOut["kind"], string> = {
  seen: "Seen in this session",
  change: "Against earlier sessions",
  caveat: "To keep in mind",
};

/** What was seen, each sentence with the lines it rests on. A draft until a therapist decides. */
export function InsightsPanel({ insights, here }: { insights: InsightOut[]; here: Here }) {
  const shown = insights.filter((insight) => insight.status !== "dismissed");
  return (
    <section className="card" aria-labelledby="insights-title">
      <h2 id="insights-title">Insights</h2>
      {shown.length === 0 && <p className="quiet">Nothing that the lines of this session could support.</p>}
      {shown.map((insight) => (
        <article key={insight.id} className={classes.insight} aria-label={KINDS[insight.kind]}>
          <div className="row" style={{ gap: "0.25rem 0.75rem" }}>
            <span className="small quiet">{KINDS[insight.kind]}</span>
            {insight.verdict && insight.verdict !== "descriptive" && (
              <VerdictMark verdict={insight.verdict} measure={insight.measure} />
            )}
            {insight.status === "draft" && <span className={classes.draft}>draft</span>}
          </div>
          <Claims claims={insight.claims} evidence={insight.evidence} here={here} />
        </article>
      ))}
    </section>
  );
}
