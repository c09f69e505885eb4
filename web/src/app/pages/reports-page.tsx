import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { childQuery } from "@/api/get-child";
import { PageHead } from "@/components/page-head";
import { usePageTitle } from "@/components/page-title";
import { EmptyState, LoadingLines, PageError } from "@/components/states";
import { ReportsView } from "@/features/reports/reports-view";

/** A child's reports: a page that looks like what is handed over, and those that were signed. */
export function ReportsPage() {
  const { t } = useTranslation();
  const { childId } = useParams({ from: "/children/$childId/reports" });
  const child = useQuery(childQuery(childId));
  const may = useMay();
  usePageTitle(child.data && t("reports.title_of", { name: child.data.name }));
  if (child.isPending) return <LoadingLines isPage label={t("reports.loading")} lines={3} height={120} />;
  if (child.isError) return <PageError error={child.error} onRetry={() => void child.refetch()} />;
  return (
    <div className="stack" style={{ gap: "1.5rem" }}>
      <PageHead
        child={child.data}
        title={may("write_report") ? t("reports.title") : t("reports.title_letter")}
      />
      {child.data.n_sessions > 0 ? (
        <ReportsView childId={childId} />
      ) : (
        <EmptyState title={t("reports.none")}>
          <p>{t("reports.none_hint")}</p>
        </EmptyState>
      )}
    </div>
  );
}
