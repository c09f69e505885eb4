import { useQuery } from "@tanstack/react-query";
import { accessQuery, useMay } from "@/api/get-access";
import { ChildrenPage } from "@/app/pages/children-page";
import { ResearchPage } from "@/app/pages/research-page";
import { LoadingLines } from "@/components/states";

/** Home: the children within reach; for a researcher, figures under pseudonyms. */
export function HomePage() {
  const access = useQuery(accessQuery);
  const may = useMay();
  if (access.isPending) return <LoadingLines label="The page is being loaded" />;
  return may("see_child") ? <ChildrenPage /> : <ResearchPage />;
}
