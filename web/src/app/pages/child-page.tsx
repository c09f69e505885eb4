import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMay } from "@/api/get-access";
import { childQuery } from "@/api/get-child";
import type { ChildOut, SessionSummaryOut } from "@/api/schema";
import classes from "@/app/pages/child-page.module.css";
import { usePageTitle } from "@/components/page-title";
import { ErrorState, LoadingLines, PageError } from "@/components/states";
import { AskPanel } from "@/features/ask/ask-panel";
import { ChildHead } from "@/features/child/child-head";
import { sessionsQuery } from "@/features/child/get-sessions";
import { MeasureHistory } from "@/features/child/measure-history";
import { SessionTimeline } from "@/features/child/session-timeline";
import { ConsentsCard } from "@/features/consents/consents-card";
import { GoalsCard } from "@/features/goals/goals-card";
import { PeriodCard } from "@/features/insights/period-card";
import { ReportButton } from "@/features/reports/report-button";
import { UploadPanel } from "@/features/uploads/upload-panel";

/** Everything about one child. */
export function ChildPage() {
  const { childId } = useParams({ from: "/children/$childId" });
  const child = useQuery(childQuery(childId));
  usePageTitle(child.data?.name);
  if (child.isPending)
    return <LoadingLines label="The child's page is being loaded" lines={3} height={120} />;
  if (child.isError) return <PageError error={child.error} onRetry={() => void child.refetch()} />;
  return (
    <div className="stack" style={{ gap: "1.5rem" }}>
      <div className="row" style={{ justifyContent: "space-between", alignItems: "flex-end" }}>
        <ChildHead child={child.data} />
        {child.data.n_sessions > 0 && <ReportButton childId={childId} />}
      </div>
      <ChildBody child={child.data} />
    </div>
  );
}

function ChildBody({ child }: { child: ChildOut }) {
  const search = useSearch({ from: "/children/$childId" });
  const navigate = useNavigate({ from: "/children/$childId" });
  const sessions = useQuery(sessionsQuery(child.id));
  const may = useMay();
  const some = !!sessions.data?.length;
  return (
    <div className={classes.columns}>
      <div className="stack">
        {some && (
          <MeasureHistory
            childId={child.id}
            measure={search.measure ?? child.headline.measure.id}
            onMeasure={(measure) => void navigate({ search: { measure }, replace: true, resetScroll: false })}
          />
        )}
        {some && <PeriodCard childId={child.id} />}
        <section className="card stack" aria-labelledby="sessions-title">
          <h2 id="sessions-title">Sessions</h2>
          {sessions.isPending && <LoadingLines label="The sessions are being loaded" />}
          {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
          {sessions.data && (some ? <SessionTimeline sessions={sessions.data} /> : <NoSessions />)}
        </section>
      </div>
      <div className="stack">
        {may("upload") && <UploadPanel childId={child.id} />}
        {some && may("ask") && <AskPanel childId={child.id} example={exampleOf(child, sessions.data)} />}
        <GoalsCard childId={child.id} />
        {may("see_consent") && <ConsentsCard childId={child.id} />}
      </div>
    </div>
  );
}

function NoSessions() {
  return (
    <p className="quiet">
      None yet. Add a recording or a transcript: one to five minutes of play and talk are a good start.
    </p>
  );
}

/** A question that fits how many sessions there are. */
function exampleOf(child: ChildOut, sessions: SessionSummaryOut[] = []): string {
  const [first, last] = [sessions[0]?.week, sessions.at(-1)?.week];
  if (first && last && last > first)
    return `How has ${child.name}'s fluency changed from week ${first} to week ${last}?`;
  return `How many different words does ${child.name} use?`;
}
