import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { measuresQuery } from "@/api/get-measures";
import { ErrorState, LoadingLines } from "@/components/states";
import { coursesOf } from "@/features/progress/course";
import { followedQuery } from "@/features/progress/get-progress-page";
import { MeasureCourse } from "@/features/progress/measure-course";
import classes from "@/features/progress/progress.module.css";
import { timeLine } from "@/features/progress/time-line";

/** Two to four small charts for the child's page: the measures of the goals, else those that are told first. */
export function FollowedCourses({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const page = useQuery(followedQuery(childId));
  const measures = useQuery(measuresQuery);
  const failed = [page, measures].find((query) => query.isError);
  const line = page.data && timeLine(page.data.sessions, (phase) => t(`progress.phases.${phase}`));
  return (
    <section className="card stack" aria-labelledby="followed-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="followed-title">{t("progress.over_time")}</h2>
        <Link to="/children/$childId/progress" params={{ childId }}>
          {t("progress.all_measures")}
        </Link>
      </div>
      {failed?.error && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !(page.data && measures.data) && (
        <LoadingLines label={t("progress.loading")} lines={2} height={224} />
      )}
      {page.data && measures.data && line && (
        <div className={classes.grid}>
          {coursesOf(page.data, measures.data).map((course) => (
            <MeasureCourse key={course.info.id} course={course} line={line} />
          ))}
        </div>
      )}
    </section>
  );
}
