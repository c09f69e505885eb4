import type { AnswerOut } from "@/api/schema";
import { Claims } from "@/components/evidence";
import { VerdictMark } from "@/components/verdict";

/** An answer, sentence by sentence with its evidence. */
export function AnswerView({ answer }: { answer: AnswerOut }) {
  return (
    <article className="stack" style={{ gap: "0.6rem" }} aria-label="Answer">
      <p className="quiet small" dir="auto">
        {answer.question}
      </p>
      <VerdictMark verdict={answer.verdict} measure={answer.measure} />
      {answer.claims.length ? (
        <Claims claims={answer.claims} evidence={answer.evidence} />
      ) : (
        <p>{answer.answer}</p>
      )}
      {answer.note && (
        <p className="small" role="note">
          {answer.note}
        </p>
      )}
      <p className="small quiet">
        Answered by {engineName(answer)}, from the measures shown here. Not a diagnosis.
      </p>
    </article>
  );
}

/** The engine, and the language model where one worded the answer. */
function engineName({ engine, model }: AnswerOut): string {
  return model ? `${engine} (${model})` : engine;
}
