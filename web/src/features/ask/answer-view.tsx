import { useTranslation } from "react-i18next";
import type { AnswerOut } from "@/api/schema";
import { Claims } from "@/components/evidence";
import { VerdictMark } from "@/components/verdict";

/** An answer, sentence by sentence with its evidence. */
export function AnswerView({ answer }: { answer: AnswerOut }) {
  const { t } = useTranslation();
  return (
    <article className="stack" style={{ gap: "0.6rem" }} aria-label={t("ask.answer")}>
      <p className="quiet small" dir="auto">
        {answer.question}
      </p>
      <VerdictMark verdict={answer.verdict} measure={answer.measure} />
      {answer.claims.length ? (
        <Claims claims={answer.claims} evidence={answer.evidence} />
      ) : (
        <p lang="en">{answer.answer}</p>
      )}
      {answer.note && (
        <p className="small" role="note" lang="en">
          {answer.note}
        </p>
      )}
      <p className="small quiet">{t("ask.answered_by", { engine: engineName(answer) })}</p>
    </article>
  );
}

/** The engine, and the language model where one worded the answer. */
function engineName({ engine, model }: AnswerOut): string {
  return model ? `${engine} (${model})` : engine;
}
