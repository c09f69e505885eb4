import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { NormsOut } from "@/api/schema";
import { type Course, isLeftOut } from "@/features/progress/course";
import { barWords } from "@/features/progress/course-words";
import classes from "@/features/progress/progress.module.css";

interface LegendProps {
  courses: readonly Course[];
  norms: NormsOut | undefined;
  showNorms: boolean;
  onShowNorms: (show: boolean) => void;
}

/** What the marks mean here, in words; only of marks that are there. */
export function Legend({ courses, norms, showNorms, onShowNorms }: LegendProps) {
  const { t } = useTranslation();
  const points = courses.flatMap((course) => course.points);
  const words = [
    barWords(courses),
    courses.some(({ told }) => told.usual) && t("progress.usual"),
    points.some(isLeftOut) && t("progress.hollow"),
    points.some((point) => point.value === null) && t("progress.gaps"),
    t("progress.how"),
  ].filter(Boolean);
  const applies = norms && Object.keys(norms.measures).length > 0;
  return (
    <div className={classes.legend}>
      <p className="small quiet">{words.join(" ")}</p>
      {applies && (
        <Switch
          label={t("progress.norms")}
          description={
            <>
              {t("progress.norms_hint")} <span lang="en">{norms.source}</span>.
            </>
          }
          checked={showNorms}
          onChange={(event) => {
            onShowNorms(event.currentTarget.checked);
          }}
        />
      )}
    </div>
  );
}
