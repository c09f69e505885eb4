import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { PreviewOut } from "@/api/schema";
import { queryOf, type ReportOrder } from "@/features/reports/report-order";

/** A draft as a page of its own; a family has that of the letter. */
export const previewQuery = (childId: string, order: ReportOrder, asTherapist: boolean) =>
  queryOptions({
    queryKey: ["children", childId, "reports", "preview", order, asTherapist],
    queryFn: ({ signal }) =>
      asTherapist ? fetchPreview(childId, order, signal) : fetchLetter(childId, order, signal),
    placeholderData: keepPreviousData,
  });

function fetchPreview(childId: string, order: ReportOrder, signal: AbortSignal): Promise<PreviewOut> {
  const params = { path: { child_id: childId }, query: queryOf(order) };
  return answer(client.GET("/api/children/{child_id}/reports/preview", { params, signal }));
}

async function fetchLetter(childId: string, order: ReportOrder, signal: AbortSignal): Promise<PreviewOut> {
  const { from, to } = queryOf(order);
  const call = client.GET("/api/children/{child_id}/letter", {
    params: { path: { child_id: childId }, query: { from, to, format: "html" } },
    parseAs: "text",
    signal,
  });
  const html = await answer(call as Promise<{ data?: string; error?: unknown; response: Response }>);
  return { html, text_sha256: "", sections: [], session_id: null };
}
