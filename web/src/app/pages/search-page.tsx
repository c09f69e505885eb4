import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { childQuery } from "@/api/get-child";
import { Icon } from "@/components/icons";
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
  if (child.isPending) return <LoadingLines label={t("search.page_loading")} lines={3} height={90} />;
  if (child.isError) return <PageError error={child.error} onRetry={() => void child.refetch()} />;
  return (
    <div className="stack" style={{ gap: "1.5rem" }}>
      <header>
        <Link
          to="/children/$childId"
          params={{ childId }}
          className="small row"
          style={{ gap: "0.2rem", width: "fit-content" }}
        >
          <Icon name="back" size={14} />
          <bdi>{child.data.name}</bdi>
        </Link>
        <h1 style={{ marginTop: "0.35rem" }}>{t("search.title")}</h1>
      </header>
      <SearchView
        childId={childId}
        text={q ?? ""}
        heard={heard}
        onSearch={(text) => void navigate({ search: { q: text } })}
      />
    </div>
  );
}
