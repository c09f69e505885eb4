import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PreviewOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import type { ReportKind } from "@/features/reports/report-order";
import classes from "@/features/reports/reports.module.css";

/** The report as a page. It stands in a frame that may run nothing and reach nothing: what people typed is in it. */
export function ReportPreview({ preview, kind }: { preview: UseQueryResult<PreviewOut>; kind: ReportKind }) {
  const { t } = useTranslation();
  return (
    <section className={classes.preview} aria-label={t("reports.preview")} aria-busy={preview.isFetching}>
      {preview.isPending && <LoadingLines label={t("reports.loading")} lines={8} height={56} />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isSuccess && (
        <iframe
          className={classes.paper}
          data-stale={preview.isPlaceholderData || undefined}
          title={t("reports.page", { kind: t(`reports.kinds.${kind}`) })}
          sandbox=""
          srcDoc={preview.data.html}
        />
      )}
    </section>
  );
}
