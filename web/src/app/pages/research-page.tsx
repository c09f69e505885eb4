import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "@/components/page-title";
import { EmptyState, LoadingLines, PageError } from "@/components/states";
import { researchQuery } from "@/features/research/get-research";
import { ResearchTable } from "@/features/research/research-table";

/** Home of researchers: children whose families agreed, under pseudonyms. */
export function ResearchPage() {
  const { t } = useTranslation();
  usePageTitle(t("research.title"));
  const children = useQuery(researchQuery);
  if (children.isError) return <PageError error={children.error} onRetry={() => void children.refetch()} />;
  return (
    <div className="stack">
      <h1>{t("research.title")}</h1>
      <p className="quiet">{t("research.intro")}</p>
      {children.isPending && <LoadingLines label={t("research.loading")} />}
      {children.data?.length === 0 && (
        <EmptyState title={t("research.nobody")}>
          <p>{t("research.nobody_hint")}</p>
        </EmptyState>
      )}
      {!!children.data?.length && <ResearchTable items={children.data} />}
    </div>
  );
}
