import { useMutation } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { operations } from "@/api/schema";

type Query = NonNullable<operations["get_report"]["parameters"]["query"]>;
export type ReportKind = NonNullable<Query["kind"]>;
export type ReportFormat = NonNullable<Query["format"]>;

/** What is asked for; an empty day leaves the period open. */
export interface ReportOrder {
  kind: ReportKind;
  format: ReportFormat;
  from: string;
  to: string;
}

/** Have a report written and save it as a file. */
export function useDownloadReport(childId: string, { asTherapist }: { asTherapist: boolean }) {
  return useMutation({
    mutationFn: async (order: ReportOrder) => {
      save(await fetchReport(childId, order, asTherapist), `${order.kind}.${order.format}`);
    },
  });
}

function fetchReport(childId: string, order: ReportOrder, asTherapist: boolean): Promise<Blob> {
  const { kind, format } = order;
  const path = { child_id: childId };
  const query = { format, from: order.from || undefined, to: order.to || undefined };
  const call = asTherapist
    ? client.GET("/api/children/{child_id}/report", {
        params: { path, query: { ...query, kind } },
        parseAs: "blob",
      })
    : client.GET("/api/children/{child_id}/letter", { params: { path, query }, parseAs: "blob" });
  return answer(call as Promise<{ data?: Blob; error?: unknown; response: Response }>);
}

/** Hand a file to the browser's downloads. */
function save(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
