import type { ByOut } from "@/api/schema";
import { formatDate } from "@/lib/format";
import { texts } from "@/texts";

/** Who did it and when: “by Ana, 4 Mar 2026”. */
export function byWhom({ by, name, at }: ByOut): string {
  const door = by === "laptop" || by === "cli" ? by : "somebody";
  const who = name === null ? texts.t(`review.by.${door}`) : texts.t("review.by.name", { name });
  return texts.t("review.by.on", { who, date: formatDate(at) });
}
