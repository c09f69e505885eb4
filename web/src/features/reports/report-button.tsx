import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { Icon } from "@/components/icons";

/** Leads to the child's reports; nothing for a role that may have none. */
export function ReportButton({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may("write_report") && !may("see_letter")) return null;
  return (
    <Button
      component={Link}
      to={`/children/${childId}/reports`}
      variant="default"
      leftSection={<Icon name="text" />}
    >
      {may("write_report") ? t("reports.open") : t("reports.open_letter")}
    </Button>
  );
}
