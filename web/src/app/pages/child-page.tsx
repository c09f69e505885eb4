import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useActor, useMay } from "@/api/get-access";
import { childQuery } from "@/api/get-child";
import type { ChildOut } from "@/api/schema";
import { exampleOf } from "@/app/pages/ask-example";
import { AddSession } from "@/app/pages/add-session";
import classes from "@/app/pages/child-page.module.css";
import { usePageTitle } from "@/components/page-title";
import { useHashTarget } from "@/components/hash-target";
import { ErrorState, LoadingLines, PageError } from "@/components/states";
import { AskPanel } from "@/features/ask/ask-panel";
import { ChildHead } from "@/features/child/child-head";
import { sessionsQuery } from "@/features/child/get-sessions";
import { SessionTimeline } from "@/features/child/session-timeline";
import { EraseChild } from "@/features/children/erase-child";
import { ConsentsCard } from "@/features/consents/consents-card";
import { GoalsCard } from "@/features/goals/goals-card";
import { PeriodCard } from "@/features/insights/period-card";
import { FollowedCourses } from "@/features/progress/followed-courses";
import { ReportButton } from "@/features/reports/report-button";
import { SearchLink } from "@/features/search/search-link";

/** Everything about one child. */
export function ChildPage() {
  const { t } = useTranslation();
  const { childId } = useParams({ from: "/children/$childId" });
  const child = useQuery(childQuery(childId));
  usePageTitle(child.data?.name);
  if (child.isPending)
    return <LoadingLines isPage label={t("app.child_page.loading")} lines={3} height={120} />;
  if (child.isError) return <PageError error={child.error} onRetry={() => void child.refetch()} />;
  return (
    <div className="stack" style={{ gap: "1.5rem" }}>
      <div className="row" style={{ justifyContent: "space-between", alignItems: "flex-end" }}>
        <ChildHead child={child.data} />
        {child.data.n_sessions > 0 && (
          <div className="row">
            <SearchLink childId={childId} />
            <ReportButton childId={childId} />
          </div>
        )}
      </div>
      <ChildBody child={child.data} />
    </div>
  );
}

function ChildBody({ child }: { child: ChildOut }) {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery(child.id));
  const may = useMay();
  // Known with the child: what is shown keeps its place while the sessions are still loading.
  const some = child.n_sessions > 0 || !!sessions.data?.length;
  const isFamily = useActor()?.role === "parent";
  useHashTarget(!sessions.isPending);
  return (
    <div className={classes.columns}>
      <div className="stack">
        {some && !isFamily && <FollowedCourses childId={child.id} />}
        {some && <PeriodCard childId={child.id} />}
        <section className="card stack" id="sessions" aria-labelledby="sessions-title">
          <h2 id="sessions-title">{t("app.child_page.sessions")}</h2>
          {sessions.isPending && <LoadingLines label={t("app.child_page.sessions_loading")} />}
          {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
          {sessions.data &&
            (sessions.data.length > 0 ? <SessionTimeline sessions={sessions.data} /> : <NoSessions />)}
        </section>
      </div>
      <div className="stack">
        <div id="upload">{may("upload") && <AddSession childId={child.id} />}</div>
        <div id="ask">
          {some && may("ask") && sessions.isPending && (
            <LoadingLines label={t("app.child_page.sessions_loading")} lines={1} height={190} />
          )}
          {some && may("ask") && sessions.data && (
            <AskPanel childId={child.id} example={exampleOf(child, sessions.data)} />
          )}
        </div>
        <GoalsCard childId={child.id} />
        <div id="consents">{may("see_consent") && <ConsentsCard childId={child.id} />}</div>
        {may("erase_child") && <EraseChild child={child} />}
      </div>
    </div>
  );
}

function NoSessions() {
  const { t } = useTranslation();
  return <p className="quiet">{t("app.child_page.no_sessions")}</p>;
}
