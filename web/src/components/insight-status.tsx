import { useTranslation } from "react-i18next";
import type { InsightOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/components/insight-status.module.css";

/** Whether a therapist has looked at it. */
export function InsightStatus({ insight }: { insight: InsightOut }) {
  const { t } = useTranslation();
  const { status } = insight;
  if (insight.is_outdated === true)
    return (
      <span className={classes.outdated}>
        <Icon name="note" size={13} /> {t("facts.outdated")}
      </span>
    );
  const word = status === "approved" && insight.is_edited ? "edited" : status;
  return (
    <span className={status === "approved" ? classes.approved : classes.draft}>
      {t(`components.insight_status.${word}`)}
    </span>
  );
}
