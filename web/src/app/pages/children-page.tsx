import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { Icon } from "@/components/icons";
import { usePageTitle } from "@/components/page-title";
import { ErrorState, LoadingLines } from "@/components/states";
import { AddChildDialog } from "@/features/children/add-child-dialog";
import { ChildrenList } from "@/features/children/children-list";
import { useChildrenFound } from "@/features/children/get-children";
import { NoChildren } from "@/features/children/no-children";

/** Home: all children. */
export function ChildrenPage() {
  const { t } = useTranslation();
  usePageTitle(t("children.title"));
  const found = useChildrenFound();
  const children = found.query;
  const isEmpty = children.data?.total === 0 && !found.search && !children.isPlaceholderData;
  const navigate = useNavigate();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const open = () => {
    setAdding(true);
  };
  return (
    <div className="stack">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h1>{t("children.title")}</h1>
        {children.data && !isEmpty && may("add_child") && (
          <Button leftSection={<Icon name="plus" />} onClick={open}>
            {t("children.add")}
          </Button>
        )}
      </div>
      {children.isPending && <LoadingLines label={t("children.loading")} height={64} />}
      {children.isError && !children.isFetchNextPageError && (
        <ErrorState error={children.error} onRetry={() => void children.refetch()} />
      )}
      {children.data &&
        (isEmpty ? (
          <NoChildren onAdd={may("add_child") ? open : undefined} />
        ) : (
          <ChildrenList found={found} {...children.data} />
        ))}
      <AddChildDialog
        opened={adding}
        onClose={() => {
          setAdding(false);
        }}
        onAdded={(childId) => void navigate({ to: "/children/$childId", params: { childId } })}
      />
    </div>
  );
}
