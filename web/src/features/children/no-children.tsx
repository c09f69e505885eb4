import { Button } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import { useActor } from "@/api/get-access";
import { EmptyState } from "@/components/states";

/** How to begin; who may add no child waits until they are put on a care team. */
export function NoChildren({ onAdd }: { onAdd?: () => void }) {
  const { t } = useTranslation();
  const isClinic = (useActor()?.role ?? "owner") !== "owner";
  if (!onAdd)
    return (
      <EmptyState title={t("children.none.title")}>
        <p>{t("children.none.wait")}</p>
      </EmptyState>
    );
  return (
    <EmptyState title={t("children.none.title")}>
      <p>{t(isClinic ? "children.none.begin_in_clinic" : "children.none.begin")}</p>
      <Button onClick={onAdd}>{t("children.add")}</Button>
      {!isClinic && (
        <p className="quiet">
          <Trans i18nKey="children.none.demo" components={{ code: <code /> }} />
        </p>
      )}
    </EmptyState>
  );
}
