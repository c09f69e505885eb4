import { Button } from "@mantine/core";
import { useState } from "react";
import { useMay } from "@/api/get-access";
import { Icon } from "@/components/icons";
import { ReportDialog } from "@/features/reports/report-dialog";

/** Opens the choice of report; nothing for a role that may have none. */
export function ReportButton({ childId }: { childId: string }) {
  const may = useMay();
  const [opened, setOpened] = useState(false);
  if (!may("write_report") && !may("see_letter")) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="text" />}
        onClick={() => {
          setOpened(true);
        }}
      >
        Report
      </Button>
      {opened && (
        <ReportDialog
          childId={childId}
          asTherapist={may("write_report")}
          onClose={() => {
            setOpened(false);
          }}
        />
      )}
    </>
  );
}
