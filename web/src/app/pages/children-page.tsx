import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { Icon } from "@/components/icons";
import { usePageTitle } from "@/components/page-title";
import { ErrorState, LoadingLines } from "@/components/states";
import { AddChildDialog } from "@/features/children/add-child-dialog";
import { ChildrenList } from "@/features/children/children-list";
import { childrenQuery } from "@/features/children/get-children";
import { NoChildren } from "@/features/children/no-children";

/** Home: all children. */
export function ChildrenPage() {
  const { t } = useTranslation();
  usePageTitle(t("children.title"));
  const children = useQuery(childrenQuery);
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
        {!!children.data?.length && may("add_child") && (
          <Button leftSection={<Icon name="plus" />} onClick={open}>
            {t("children.add")}
          </Button>
        )}
      </div>
      {children.isPending && <LoadingLines label={t("children.loading")} height={64} />}
      {children.isError && <ErrorState error={children.error} onRetry={() => void children.refetch()} />}
      {children.data &&
        (children.data.length ? (
          <ChildrenList items={children.data} />
        ) : (
          <NoChildren onAdd={may("add_child") ? open : undefined} />
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
