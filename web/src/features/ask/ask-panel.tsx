import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "@/components/states";
import { AnswerView } from "@/features/ask/answer-view";
import { useAsk } from "@/features/ask/ask-question";

interface AskPanelProps {
  childId: string;
  /** A question that the child's own sessions can answer. */
  example: string;
}

/** A question about the child, answered from what was measured. */
export function AskPanel({ childId, example }: AskPanelProps) {
  const { t, i18n } = useTranslation();
  const [question, setQuestion] = useState("");
  const ask = useAsk(childId);
  const send = () => {
    if (question.trim() && !ask.isPending) ask.mutate(question.trim());
  };
  return (
    <section className="card stack" aria-labelledby="ask-title">
      <h2 id="ask-title">{t("ask.title")}</h2>
      <form
        className="stack"
        style={{ gap: "0.6rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Textarea
          aria-label={t("ask.question")}
          lang="en"
          description={i18n.language === "en" ? undefined : t("ask.in_english")}
          placeholder={example}
          value={question}
          onChange={(event) => {
            setQuestion(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              send();
            }
          }}
          maxLength={500}
          autosize
          minRows={2}
          dir="auto"
        />
        <div className="row">
          <Button type="submit" loading={ask.isPending} disabled={!question.trim()}>
            {t("ask.send")}
          </Button>
          {!question && (
            <Button
              variant="subtle"
              onClick={() => {
                setQuestion(example);
              }}
            >
              {t("ask.use_example")}
            </Button>
          )}
        </div>
      </form>
      <div aria-live="polite">
        {ask.isError && <ErrorState error={ask.error} />}
        {ask.data && <AnswerView answer={ask.data} />}
      </div>
    </section>
  );
}
