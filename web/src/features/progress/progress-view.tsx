import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { accessQuery, useMay } from "@/api/get-access";
import { measuresQuery } from "@/api/get-measures";
import type { MeasureInfoOut, ProgressPageOut } from "@/api/schema";
import { EmptyState, ErrorState, LoadingLines } from "@/components/states";
import { type Course, coursesOf } from "@/features/progress/course";
import { FamilyCourses, type Shown } from "@/features/progress/family-courses";
import { normsQuery } from "@/features/progress/get-norms";
import { progressPageQuery, type Stretch } from "@/features/progress/get-progress-page";
import { Legend } from "@/features/progress/legend";
import { PhasesCard } from "@/features/progress/phases-card";
import { StretchChoice } from "@/features/progress/stretch-choice";
import { timeLine } from "@/features/progress/time-line";
import { byFamily, familyTitle, isForResearchers } from "@/lib/measures";

export interface View extends Stretch {
  view?: "table";
}

interface ProgressViewProps {
  childId: string;
  view: View;
  onView: (view: View) => void;
}

/** All measures of a child over time: those that are followed first, then family by family. */
export function ProgressView({ childId, view, onView }: ProgressViewProps) {
  const { t } = useTranslation();
  const { view: shape, ...stretch } = view;
  const page = useQuery(progressPageQuery(childId, stretch));
  const measures = useQuery(measuresQuery);
  return (
    <div className="stack">
      <section className="card">
        <StretchChoice
          stretch={stretch}
          contexts={page.data?.contexts ?? []}
          asTable={shape === "table"}
          onStretch={(next) => {
            onView({ ...next, ...(shape && { view: shape }) });
          }}
          onTable={(asTable) => {
            onView({ ...stretch, ...(asTable && { view: "table" as const }) });
          }}
        />
      </section>
      {page.isError && <ErrorState error={page.error} onRetry={() => void page.refetch()} />}
      {measures.isError && <ErrorState error={measures.error} onRetry={() => void measures.refetch()} />}
      {(page.isPending || measures.isPending) && (
        <LoadingLines label={t("progress.loading")} lines={2} height={240} />
      )}
      {!page.isError && page.data && measures.data && (
        <Courses childId={childId} page={page.data} infos={measures.data} asTable={shape === "table"} />
      )}
    </div>
  );
}

interface CoursesProps {
  childId: string;
  page: ProgressPageOut;
  infos: readonly MeasureInfoOut[];
  asTable: boolean;
}

function Courses({ childId, page, infos, asTable }: CoursesProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [showNorms, setShowNorms] = useState(true);
  const known = useQuery(accessQuery).isSuccess; // before it is known who asks, nothing is asked for
  const norms = useQuery({ ...normsQuery(childId), enabled: known && may("see_norms") }).data;
  const courses = useMemo(() => coursesOf(page, infos), [page, infos]);
  const line = useMemo(() => timeLine(page.sessions, (phase) => t(`progress.phases.${phase}`)), [page, t]);
  const shown: Shown = { sessions: page.sessions, line, norms: showNorms ? norms : undefined, asTable };
  if (page.sessions.length === 0)
    return (
      <EmptyState title={t("progress.no_sessions")}>
        <p>{t("progress.no_sessions_hint")}</p>
      </EmptyState>
    );
  const followed = courses.filter(({ told }) => told.chosen);
  return (
    <>
      <FamilyCourses
        id="followed"
        title={page.are_goals ? t("progress.of_goals") : t("progress.followed")}
        courses={followed}
        shown={shown}
      />
      <section className="card">
        <Legend courses={courses} norms={norms} showNorms={showNorms} onShowNorms={setShowNorms} />
      </section>
      <PhasesCard childId={childId} plan={page.plan} courses={courses} mayState={may("manage_goals")} />
      <Families
        courses={courses.filter(({ told, info }) => !told.chosen && !isForResearchers(info))}
        shown={shown}
      />
      <ForResearchers courses={courses.filter(({ info }) => isForResearchers(info))} shown={shown} />
    </>
  );
}

function Families({ courses, shown }: { courses: readonly Course[]; shown: Shown }) {
  const infos = new Map(courses.map((course) => [course.info.id, course]));
  return byFamily(courses.map(({ info }) => info)).map(([family, items]) => (
    <FamilyCourses
      key={family}
      id={family.replaceAll(" ", "-")}
      title={familyTitle(family)}
      courses={items.flatMap((info) => infos.get(info.id) ?? [])}
      shown={shown}
    />
  ));
}

/** Behind a fold, as on the session's page. */
function ForResearchers({ courses, shown }: { courses: readonly Course[]; shown: Shown }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (courses.length === 0) return null;
  return (
    <details
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{t("progress.for_researchers")}</summary>
      {open && (
        <div className="stack" style={{ marginTop: "1rem" }}>
          <Families courses={courses} shown={shown} />
        </div>
      )}
    </details>
  );
}
