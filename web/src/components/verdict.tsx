import type { AnswerOut } from "@/api/schema";
import { Icon, type IconName } from "@/components/icons";

type Verdict = AnswerOut["verdict"];

const WORDS: Record<Verdict, [IconName, string]> = {
  increase: ["up", "Higher than before"],
  decrease: ["down", "Lower than before"],
  no_clear_change: ["flat", "No clear change"],
  cannot_tell: ["unsure", "We can't tell yet"],
  descriptive: ["eye", "What was seen"],
};

/** A verdict as an arrow and words; never a grade. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const [icon, words] = WORDS[verdict];
  return (
    <span className="row small quiet" style={{ gap: "0.35rem", fontWeight: 600 }}>
      <Icon name={icon} size={16} />
      {words}
    </span>
  );
}
