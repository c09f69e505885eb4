import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NormBandOut } from "@/api/schema";
import { VerdictMark } from "@/components/verdict";
import { type Course, hasValues } from "@/features/progress/course";
import { courseWords, pointWords, tooFewWords } from "@/features/progress/course-words";
import classes from "@/features/progress/progress.module.css";
import { SmallChart } from "@/features/progress/small-chart";
import type { TimeLine } from "@/features/progress/time-line";
import { formatUnit } from "@/lib/format";
import { measureTitle } from "@/lib/measures";

interface MeasureCourseProps {
  course: Course;
  line: TimeLine;
  norms?: readonly NormBandOut[];
}

/** One measure: its small chart, what the session under the pointer says, and the verdict in words. */
export function MeasureCourse({ course, line, norms = [] }: MeasureCourseProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState<number | null>(null);
  const { info, points } = course;
  const last = points.findLast((point) => point.value !== null) ?? points.at(-1);
  const shown = active === null ? last : points[active];
  const unit = formatUnit(info.unit);
  return (
    <article className={classes.course} aria-label={measureTitle(info)} data-course={info.id}>
      <h3 className={classes.title}>
        <span title={info.description}>{measureTitle(info)}</span>
        {unit && <span className="quiet small">{unit}</span>}
      </h3>
      {hasValues(course) ? (
        <>
          <SmallChart course={course} line={line} norms={norms} active={active} onActive={setActive} />
          <p className={classes.told} aria-live={active === null ? "off" : "polite"}>
            {shown && pointWords(shown, info)}
          </p>
          <Verdict course={course} />
        </>
      ) : (
        <p className={classes.told}>
          {t("progress.no_value", { reason: last?.reason ?? t("common.not_computed") })}
        </p>
      )}
    </article>
  );
}

/** Only measures that were chosen beforehand carry a verdict; the others are described. */
function Verdict({ course }: { course: Course }) {
  const { told, points, info } = course;
  const last = points.findLast((point) => point.value !== null);
  const few = last ? tooFewWords(course, last) : null;
  if (!told.chosen) return <p className={classes.verdict}>{courseWords(course)}</p>;
  return (
    <div className={classes.verdict}>
      <VerdictMark verdict={told.verdict} measure={null} />
      {few ? <p>{few}</p> : <p lang="en">{told.told.join(" ") || undefined}</p>}
      {!few && told.told.length === 0 && <p>{courseWords({ ...course, info })}</p>}
    </div>
  );
}
