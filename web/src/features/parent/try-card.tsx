import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { HomeOut } from "@/api/schema";
import { TriedIt } from "@/components/tried-it";
import classes from "@/features/parent/parent.module.css";
import { formatDate } from "@/lib/format";

/** One thing to try, its steps, and how it went. */
export function TryCard({ home }: { home: HomeOut }) {
  const { t } = useTranslation();
  const may = useMay();
  const { activity, tried } = home;
  return (
    <section className="card stack" aria-labelledby="try-title">
      <h2 id="try-title">{t("parent.try.title")}</h2>
      {activity ? (
        <>
          <h3 lang="en">{activity.title}</h3>
          <ol className={classes.steps} lang="en">
            {activity.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {may("answer_activity") && <TriedIt childId={home.child_id} activity={activity} />}
        </>
      ) : (
        <p>{t("parent.try.none")}</p>
      )}
      {tried && (
        <p className="small quiet">
          {t("parent.try.before", {
            title: tried.title,
            date: formatDate(tried.at),
            went: t(`parent.try.went.${tried.went}`),
          })}
        </p>
      )}
    </section>
  );
}
