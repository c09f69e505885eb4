import type { InsightOut } from "@/api/schema";
import { texts } from "@/texts";

/** A kind of insight as a heading. */
export const kindTitle = (kind: InsightOut["kind"]): string => texts.t(`components.insight_kinds.${kind}`);
