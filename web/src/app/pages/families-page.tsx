import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LoadingLines, PageError } from "@/components/states";
import { childrenQuery } from "@/features/children/get-children";
import { NoChildren } from "@/features/children/no-children";
import { ChildChooser } from "@/features/parent/child-chooser";
import { FamilyHome } from "@/features/parent/family-home";

/** Home of parents: their child, or the choice between their children. */
export function FamiliesPage() {
  const { t } = useTranslation();
  const children = useInfiniteQuery(childrenQuery());
  if (children.isPending) return <LoadingLines isPage label={t("parent.loading")} lines={3} height={140} />;
  if (children.isError) return <PageError error={children.error} onRetry={() => void children.refetch()} />;
  const { items } = children.data;
  const [only, ...others] = items;
  if (!only) return <NoChildren />;
  return others.length > 0 ? <ChildChooser items={items} /> : <FamilyHome childId={only.id} />;
}
