import type { InsightOut } from "@/api/schema";
import classes from "@/components/insight-status.module.css";

/** Whether a therapist has looked at it. */
export function InsightStatus({ insight }: { insight: InsightOut }) {
  if (insight.status === "draft") return <span className={classes.draft}>draft</span>;
  if (insight.status === "dismissed") return <span className={classes.draft}>dismissed</span>;
  return <span className={classes.approved}>{insight.is_edited ? "edited and approved" : "approved"}</span>;
}
