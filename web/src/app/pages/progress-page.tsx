import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { childQuery } from "@/api/get-child";
import { exampleOf } from "@/app/pages/ask-example";
import { PageHead } from "@/components/page-head";
import { usePageTitle } from "@/components/page-title";
import { LoadingLines, PageError } from "@/components/states";
import { AskPanel } from "@/features/ask/ask-panel";
import { sessionsQuery } from "@/features/child/get-sessions";
import { GoalsCard } from "@/features/goals/goals-card";
import classes from "@/features/progress/progress.module.css";
import { ProgressView } from "@/features/progress/progress-view";

/** Measures over weeks, phases and goals of one child. */
export function ProgressPage() {
  const { t } = useTranslation();
  const { childId } = useParams({ from: "/children/$childId/progress" });
  const view = useSearch({ from: "/children/$childId/progress" });
  const navigate = useNavigate({ from: "/children/$childId/progress" });
  const child = useQuery(childQuery(childId));
  const sessions = useQuery(sessionsQuery(childId));
  const may = useMay();
  usePageTitle(child.data && t("progress.page_title", { name: child.data.name }));
  if (child.isPending) return <LoadingLines isPage label={t("progress.loading")} lines={3} height={160} />;
  if (child.isError) return <PageError error={child.error} onRetry={() => void child.refetch()} />;
  return (
    <div className="stack" style={{ gap: "1.5rem" }}>
      <PageHead child={child.data} title={t("progress.title")} />
      <div className={classes.columns}>
        <ProgressView
          childId={childId}
          view={view}
          onView={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
        />
        <aside className="stack" aria-label={t("progress.aside")}>
          {may("ask") && <AskPanel childId={childId} example={exampleOf(child.data, sessions.data)} />}
          <GoalsCard childId={childId} />
        </aside>
      </div>
    </div>
  );
}
