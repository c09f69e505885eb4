import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { InsightOut, SessionOut } from "@/api/schema";
import { Claims, type Here } from "@/components/evidence";
import { kindTitle } from "@/components/insight-kinds";
import { InsightStatus } from "@/components/insight-status";
import { Review } from "@/components/review-insight";
import { TranscriptState } from "@/components/transcript-state";
import { VerdictMark } from "@/components/verdict";
import classes from "@/features/session/facts/facts.module.css";

interface InsightsPanelProps {
  childId: string;
  insights: InsightOut[];
  transcript: SessionOut["transcript"];
  /** What is not known of who speaks: insights wait where it is the child's voice. */
  unknown: "nobody" | "some" | "child";
  /** Leads to where it is told; undefined for who may not tell it. */
  onWhoIsWho: (() => void) | undefined;
  here: Here;
}

/** What was seen, each sentence with the lines it rests on. A draft until a therapist decides. */
export function InsightsPanel(props: InsightsPanelProps) {
  const { childId, insights, transcript, unknown, onWhoIsWho, here } = props;
  const { t } = useTranslation();
  const shown = unknown === "child" ? [] : insights.filter((insight) => insight.status !== "dismissed");
  return (
    <section className="card" aria-labelledby="insights-title">
      <h2 id="insights-title">{t("facts.insights")}</h2>
      <p className="small quiet">
        <span className="unseen">{t("facts.rests")} </span>
        <TranscriptState state={transcript} />
      </p>
      {unknown !== "nobody" && <Hold unknown={unknown} onWhoIsWho={onWhoIsWho} />}
      {shown.length === 0 && unknown !== "child" && <p className="quiet">{t("facts.no_insights")}</p>}
      {shown.map((insight) => (
        <Insight key={`${insight.id} ${insight.key}`} childId={childId} insight={insight} here={here} />
      ))}
    </section>
  );
}

/** Insights wait for who speaks, or may change with it. */
function Hold({ unknown, onWhoIsWho }: { unknown: "some" | "child"; onWhoIsWho: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={classes.hold} role="note">
      <p>
        {unknown === "some" ? (
          t("facts.some_unknown")
        ) : (
          <>
            <strong>{t("facts.insights_wait")}</strong> {t("facts.insights_wait_why")}
          </>
        )}
      </p>
      {onWhoIsWho && (
        <Button size="compact-sm" variant="default" onClick={onWhoIsWho}>
          {t("facts.who_is_who")}
        </Button>
      )}
    </div>
  );
}

function Insight({ childId, insight, here }: { childId: string; insight: InsightOut; here: Here }) {
  const { t } = useTranslation();
  const title = insight.kind === "change" ? t("facts.against_earlier") : kindTitle(insight.kind);
  return (
    <article className={classes.insight} aria-label={title}>
      <div className="row" style={{ gap: "0.25rem 0.75rem" }}>
        <span className="small quiet">{title}</span>
        {insight.verdict && insight.verdict !== "descriptive" && (
          <VerdictMark verdict={insight.verdict} measure={insight.measure} />
        )}
        <InsightStatus insight={insight} />
      </div>
      {insight.is_outdated === true && <p className={classes.outdated}>{t("facts.outdated_what")}</p>}
      <Claims claims={insight.claims} evidence={insight.evidence} here={here} />
      <Review childId={childId} insight={insight} place={{ of_session: here.session, voice: "slp" }} />
    </article>
  );
}
