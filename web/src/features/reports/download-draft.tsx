import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "@/components/states";
import { useDownloadDraft } from "@/features/reports/download-report";
import type { ReportFormat, ReportOrder } from "@/features/reports/report-order";

const FORMATS = ["pdf", "html", "csv"] as const satisfies ReportFormat[];

interface DownloadDraftProps {
  childId: string;
  order: ReportOrder;
  asTherapist: boolean;
}

/** Choose a format; the draft goes to the browser's downloads. */
export function DownloadDraft({ childId, order, asTherapist }: DownloadDraftProps) {
  const { t } = useTranslation();
  const download = useDownloadDraft(childId, { asTherapist });
  const [format, setFormat] = useState<ReportFormat>("pdf");
  return (
    <>
      <SegmentedControl
        aria-label={t("reports.format")}
        data={FORMATS.map((value) => ({ value, label: t(`reports.formats.${value}`) }))}
        value={format}
        onChange={(value) => {
          setFormat(value as ReportFormat);
        }}
      />
      <Button
        variant="default"
        loading={download.isPending}
        onClick={() => {
          download.mutate({ order, format });
        }}
      >
        {t("reports.download")}
      </Button>
      {download.isError && <ErrorState error={download.error} />}
    </>
  );
}
