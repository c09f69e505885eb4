import type { ProgressOut } from "@/api/schema";
import { VerdictMark } from "@/components/verdict";
import { basisWords } from "@/features/child/progress-words";

/** Whether the measure has changed, in words, with what the verdict rests on. */
export function ProgressVerdict({ progress }: { progress: ProgressOut }) {
  const { verdict, measure, told, warnings } = progress;
  return (
    <section aria-label="Has it changed?" className="stack" style={{ gap: "0.35rem" }}>
      <VerdictMark verdict={verdict} measure={measure.id} />
      <p className="small">{[...told, basisWords(progress)].filter(Boolean).join(" ")}</p>
      {warnings.map((warning) => (
        <p key={warning} className="small quiet">
          Please check {warning}
        </p>
      ))}
    </section>
  );
}
