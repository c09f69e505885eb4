import { useTranslation } from "react-i18next";
import type { InsightOut } from "@/api/schema";
import classes from "@/components/insight-status.module.css";

/** Whether a therapist has looked at it. */
export function InsightStatus({ insight }: { insight: InsightOut }) {
  const { t } = useTranslation();
  const { status } = insight;
  const word = status === "approved" && insight.is_edited ? "edited" : status;
  return (
    <span className={status === "approved" ? classes.approved : classes.draft}>
      {t(`components.insight_status.${word}`)}
    </span>
  );
}
