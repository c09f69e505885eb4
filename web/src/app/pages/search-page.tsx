import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { childQuery } from "@/api/get-child";
import { PageHead } from "@/components/page-head";
import { usePageTitle } from "@/components/page-title";
import { LoadingLines, PageError } from "@/components/states";
import { sessionsQuery } from "@/features/child/get-sessions";
import { SearchView } from "@/features/search/search-view";

/** The search in everything that is kept of a child. */
export function SearchPage() {
  const { t } = useTranslation();
  const { childId } = useParams({ from: "/children/$childId/search" });
  const { q } = useSearch({ from: "/children/$childId/search" });
  const navigate = useNavigate({ from: "/children/$childId/search" });
  const child = useQuery(childQuery(childId));
  const sessions = useQuery(sessionsQuery(childId));
  const heard = useMemo(
    () => new Set(sessions.data?.filter((one) => one.media !== null).map((one) => one.id)),
    [sessions.data],
  );
  usePageTitle(child.data && t("search.page_title", { name: child.data.name }));
  if (child.isPending) return <LoadingLines isPage label={t("search.page_loading")} lines={3} height={90} />;
  if (child.isError) return <PageError error={child.error} onRetry={() => void child.refetch()} />;
  return (
    <div className="stack" style={{ gap: "1.5rem" }}>
      <PageHead child={child.data} title={t("search.title")} />
      <SearchView
        childId={childId}
        text={q ?? ""}
        heard={heard}
        onSearch={(text) => void navigate({ search: { q: text } })}
      />
    </div>
  );
}
