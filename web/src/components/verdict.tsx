import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { measuresQuery } from "@/api/get-measures";
import type { AnswerOut } from "@/api/schema";
import { Icon, type IconName } from "@/components/icons";
import { measureTitle } from "@/lib/measures";

type Verdict = AnswerOut["verdict"];

const ICONS: Record<Verdict, IconName> = {
  increase: "up",
  decrease: "down",
  no_clear_change: "flat",
  cannot_tell: "unsure",
  descriptive: "eye",
};

interface VerdictMarkProps {
  verdict: Verdict;
  /** What went up or down: fewer hesitations are a lower share of hesitations, not lower fluency. */
  measure: string | null;
}

/** A verdict as an arrow and words, with the measure that it is about; never a grade. */
export function VerdictMark({ verdict, measure }: VerdictMarkProps) {
  const { t } = useTranslation();
  const measures = useQuery(measuresQuery).data ?? [];
  const words = t(`components.verdicts.${verdict}`);
  const info = measures.find(({ id }) => id === measure);
  const title = info ? measureTitle(info) : "";
  return (
    <span className="row small quiet" style={{ gap: "0.35rem", flexWrap: "nowrap", fontWeight: 600 }}>
      <Icon name={ICONS[verdict]} size={16} />
      <span>
        {title ? t("common.list", { title, words }) : words.charAt(0).toUpperCase() + words.slice(1)}
      </span>
    </span>
  );
}
