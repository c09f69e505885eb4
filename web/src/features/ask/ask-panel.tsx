import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
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
  const [question, setQuestion] = useState("");
  const ask = useAsk(childId);
  const send = () => {
    if (question.trim() && !ask.isPending) ask.mutate(question.trim());
  };
  return (
    <section className="card stack" aria-labelledby="ask-title">
      <h2 id="ask-title">Ask</h2>
      <form
        className="stack"
        style={{ gap: "0.6rem" }}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Textarea
          aria-label="Question"
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
            Ask
          </Button>
          {!question && (
            <Button
              variant="subtle"
              onClick={() => {
                setQuestion(example);
              }}
            >
              Use the example
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
