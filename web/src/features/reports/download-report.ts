import { useMutation } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { SignedReportOut } from "@/api/schema";
import { queryOf, type ReportFormat, type ReportOrder } from "@/features/reports/report-order";

type FileCall = Promise<{ data?: Blob; error?: unknown; response: Response }>;

/** Have a draft written and save it as a file. */
export function useDownloadDraft(childId: string, { asTherapist }: { asTherapist: boolean }) {
  return useMutation({
    mutationFn: async ({ order, format }: { order: ReportOrder; format: ReportFormat }) => {
      save(await fetchDraft(childId, order, format, asTherapist), `${order.kind}.${format}`);
    },
  });
}

function fetchDraft(
  childId: string,
  order: ReportOrder,
  format: ReportFormat,
  asTherapist: boolean,
): Promise<Blob> {
  const path = { child_id: childId };
  const { from, to, ...query } = queryOf(order);
  const call = asTherapist
    ? client.GET("/api/children/{child_id}/report", {
        params: { path, query: { ...query, from, to, format } },
        parseAs: "blob",
      })
    : client.GET("/api/children/{child_id}/letter", {
        params: { path, query: { from, to, format } },
        parseAs: "blob",
      });
  return answer(call as FileCall);
}

/** Save a signed report as it was signed. */
export function useDownloadSigned(childId: string) {
  return useMutation({
    mutationFn: async ({ report, format }: { report: SignedReportOut; format: "pdf" | "html" }) => {
      const path = { child_id: childId, report_id: report.id };
      const call = client.GET("/api/children/{child_id}/reports/{report_id}", {
        params: { path, query: { format } },
        parseAs: "blob",
      });
      save(await answer(call as FileCall), `${report.kind}-v${report.version}.${format}`);
    },
  });
}

/** Hand a file to the browser's downloads. */
function save(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
