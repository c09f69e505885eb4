import { useQuery } from "@tanstack/react-query";
import { measuresQuery } from "@/api/get-measures";
import type { AnswerOut } from "@/api/schema";
import { Icon, type IconName } from "@/components/icons";

type Verdict = AnswerOut["verdict"];

const WORDS: Record<Verdict, [IconName, string]> = {
  increase: ["up", "higher than before"],
  decrease: ["down", "lower than before"],
  no_clear_change: ["flat", "no clear change"],
  cannot_tell: ["unsure", "we can't tell yet"],
  descriptive: ["eye", "what was seen"],
};

interface VerdictMarkProps {
  verdict: Verdict;
  /** What went up or down: fewer hesitations are a lower share of hesitations, not lower fluency. */
  measure: string | null;
}

/** A verdict as an arrow and words, with the measure that it is about; never a grade. */
export function VerdictMark({ verdict, measure }: VerdictMarkProps) {
  const measures = useQuery(measuresQuery).data ?? [];
  const [icon, words] = WORDS[verdict];
  const title = measures.find((info) => info.id === measure)?.title ?? "";
  return (
    <span className="row small quiet" style={{ gap: "0.35rem", fontWeight: 600 }}>
      <Icon name={icon} size={16} />
      {title ? `${title}: ${words}` : words.charAt(0).toUpperCase() + words.slice(1)}
    </span>
  );
}
