import { useTranslation } from "react-i18next";
import type { NormsOut, SessionOnLineOut } from "@/api/schema";
import { type Course, hasValues } from "@/features/progress/course";
import { FiguresTable } from "@/features/progress/figures-table";
import { InView } from "@/features/progress/in-view";
import { MeasureCourse } from "@/features/progress/measure-course";
import classes from "@/features/progress/progress.module.css";
import type { TimeLine } from "@/features/progress/time-line";
import { measureTitle } from "@/lib/measures";

export interface Shown {
  sessions: readonly SessionOnLineOut[];
  line: TimeLine;
  norms: NormsOut | undefined;
  asTable: boolean;
}

interface FamilyCoursesProps {
  id: string;
  title: string;
  courses: readonly Course[];
  shown: Shown;
}

/** The measures of one family, as small charts or as a table; those without any value in one line. */
export function FamilyCourses({ id, title, courses, shown }: FamilyCoursesProps) {
  const drawn = courses.filter(hasValues);
  return (
    <section className="card stack" aria-labelledby={`family-${id}`}>
      <h2 id={`family-${id}`}>{title}</h2>
      {drawn.length > 0 && (
        <InView>
          {shown.asTable ? (
            <FiguresTable title={title} sessions={shown.sessions} courses={drawn} />
          ) : (
            <div className={classes.grid}>
              {drawn.map((course) => (
                <MeasureCourse
                  key={course.info.id}
                  course={course}
                  line={shown.line}
                  norms={shown.norms?.measures[course.info.id]}
                />
              ))}
            </div>
          )}
        </InView>
      )}
      <WithoutValues courses={courses.filter((course) => !hasValues(course))} />
    </section>
  );
}

/** No chart without a value: the names, by what is missing. */
function WithoutValues({ courses }: { courses: readonly Course[] }) {
  const { t } = useTranslation();
  const byReason = new Map<string, Course[]>();
  for (const course of courses) {
    const reason = course.points.at(-1)?.reason ?? t("common.not_computed");
    byReason.set(reason, [...(byReason.get(reason) ?? []), course]);
  }
  return [...byReason].map(([reason, items]) => (
    <p key={reason} className="small quiet">
      {t("progress.without_values")} {items.map(({ info }) => measureTitle(info)).join(", ")}:{" "}
      <span lang="en">{reason}</span>
    </p>
  ));
}
