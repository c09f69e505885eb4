import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { ActivityOut } from "@/api/schema";
import { TriedIt } from "@/components/tried-it";
import classes from "@/features/insights/insights.module.css";

interface ActivityCardProps {
  childId: string;
  activity: ActivityOut;
  /** What a therapist decides about the idea. */
  children?: ReactNode;
}

/** One thing to try at home, what it rests on, and how it went. */
export function ActivityCard({ childId, activity, children }: ActivityCardProps) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <section className="card stack" aria-labelledby="activity-title">
      <h2 id="activity-title">{t("insights.activity.title")}</h2>
      <h3 lang="en">{activity.title}</h3>
      <ol className={classes.steps} lang="en">
        {activity.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {may("answer_activity") && <TriedIt childId={childId} activity={activity} />}
      <details>
        <summary className="small">{t("insights.activity.sources")}</summary>
        <ul className="small" lang="en">
          {activity.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </details>
      {children}
    </section>
  );
}
