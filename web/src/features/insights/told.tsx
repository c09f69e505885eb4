import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
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
        <Standing insight={insight} />
      </div>
      <Claims claims={insight.claims} evidence={insight.evidence} />
      <Review childId={childId} insight={insight} place={place} />
    </article>
  );
}

/** How it stands: for who reviews every state, for a family whether their therapist agreed. */
function Standing({ insight }: { insight: InsightOut }) {
  const { t } = useTranslation();
  const may = useMay();
  if (may("approve_insight")) return <InsightStatus insight={insight} />;
  return insight.status === "approved" ? (
    <span className="small quiet">{t("parent.news.looked_at")}</span>
  ) : null;
}
