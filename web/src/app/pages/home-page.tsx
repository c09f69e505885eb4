import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { accessQuery, useMay } from "@/api/get-access";
import { ChildrenPage } from "@/app/pages/children-page";
import { part } from "@/app/part";
import { ResearchPage } from "@/app/pages/research-page";
import { LoadingLines } from "@/components/states";

// Most people who sign in never see the family's page.
const loadFamilies = part(() => import("@/app/pages/families-page"));
const FamiliesPage = lazy(async () => ({ default: (await loadFamilies()).FamiliesPage }));

/** Home: the children within reach; for a parent, their child; for a researcher, figures under pseudonyms. */
export function HomePage() {
  const { t } = useTranslation();
  const access = useQuery(accessQuery);
  const may = useMay();
  const loading = <LoadingLines isPage label={t("app.page_loading")} />;
  if (access.isPending) return loading;
  if (access.data?.actor?.role === "parent")
    return (
      <Suspense fallback={loading}>
        <FamiliesPage />
      </Suspense>
    );
  return may("see_child") ? <ChildrenPage /> : <ResearchPage />;
}
