import type { MeasureInfoOut, SeriesPointOut } from "@/api/schema";
import { type ChartPoint, intervalWords, leftOutWords } from "@/features/child/progress-words";
import { formatDate, formatUnit, formatValue } from "@/lib/format";
import { reasonWords, reliabilityWords, sampleWords } from "@/lib/measures";

/** When a session was: “Week 3, 4 Mar 2026”. */
export function whenWords(point: Pick<SeriesPointOut, "week" | "date">): string {
  const date = formatDate(point.date);
  return point.week === null ? date : `Week ${point.week}, ${date}`;
}

/** Everything that one mark of the chart says. */
export function pointWords(point: ChartPoint, info: MeasureInfoOut): string {
  const value =
    point.value === null
      ? `no value: ${reasonWords(point) ?? ""}`
      : [
          `${formatValue(point.value, info.unit)} ${formatUnit(info.unit, point.value)}`.trim(),
          sampleWords(point.n, info.n_unit),
        ]
          .filter(Boolean)
          .join(", ");
  const interval = intervalWords(point, info.unit);
  const rest = [
    interval && `95 %: ${interval}`,
    point.context,
    reliabilityWords(point, info),
    leftOutWords(point),
  ]
    .filter(Boolean)
    .join(". ");
  return `${whenWords(point)}: ${value}${rest ? `. ${rest}` : ""}`;
}
