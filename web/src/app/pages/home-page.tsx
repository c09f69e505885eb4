import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accessQuery, useMay } from "@/api/get-access";
import { FamiliesPage } from "@/app/pages/families-page";
import { ChildrenPage } from "@/app/pages/children-page";
import { ResearchPage } from "@/app/pages/research-page";
import { LoadingLines } from "@/components/states";

/** Home: the children within reach; for a parent, their child; for a researcher, figures under pseudonyms. */
export function HomePage() {
  const { t } = useTranslation();
  const access = useQuery(accessQuery);
  const may = useMay();
  if (access.isPending) return <LoadingLines label={t("app.page_loading")} />;
  if (access.data?.actor?.role === "parent") return <FamiliesPage />;
  return may("see_child") ? <ChildrenPage /> : <ResearchPage />;
}
