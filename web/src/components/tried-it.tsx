import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswerActivity } from "@/api/answer-activity";
import type { ActivityAnswerIn, ActivityOut } from "@/api/schema";
import { ErrorState } from "@/components/states";

type Went = ActivityAnswerIn["went"];
const WENT: readonly Went[] = ["well", "so_so", "not_yet"];

interface TriedItProps {
  childId: string;
  activity: ActivityOut;
}

/** “Did you try it?” in two taps; whoever did not try it keeps the idea or asks for another one. */
export function TriedIt({ childId, activity }: TriedItProps) {
  const { t } = useTranslation();
  const tell = useAnswerActivity(childId);
  const [tried, setTried] = useState<boolean | null>(null);
  const [told, setTold] = useState("");
  const send = (went: Went, words: string) => {
    tell.mutate(
      { activityId: activity.id, went },
      {
        onSuccess: () => {
          setTried(null);
          setTold(words);
        },
      },
    );
  };
  const keep = () => {
    setTried(null);
    setTold(t("parent.tried.kept"));
  };
  return (
    <div className="stack" style={{ gap: "0.5rem" }}>
      {tried === null && (
        <Question words={t("parent.tried.question")}>
          <Answer
            words={t("parent.tried.yes")}
            onClick={() => {
              setTried(true);
              setTold("");
            }}
          />
          <Answer
            words={t("parent.tried.no")}
            onClick={() => {
              setTried(false);
              setTold("");
            }}
          />
        </Question>
      )}
      {tried === true && (
        <Question words={t("parent.tried.how")}>
          {WENT.map((went) => (
            <Answer
              key={went}
              words={t(`parent.tried.went.${went}`)}
              isBusy={tell.isPending}
              onClick={() => {
                send(went, t("parent.tried.noted", { title: activity.title }));
              }}
            />
          ))}
        </Question>
      )}
      {tried === false && (
        <Question words={t("parent.tried.keep_question")}>
          <Answer words={t("parent.tried.keep")} isBusy={tell.isPending} onClick={keep} />
          <Answer
            words={t("parent.tried.another")}
            isBusy={tell.isPending}
            onClick={() => {
              send("not_yet", t("parent.tried.noted", { title: activity.title }));
            }}
          />
        </Question>
      )}
      <p className="small quiet" role="status" aria-live="polite">
        {told}
      </p>
      {tell.isError && <ErrorState error={tell.error} />}
    </div>
  );
}

function Question({ words, children }: { words: string; children: React.ReactNode }) {
  return (
    <div role="group" aria-label={words} className="stack" style={{ gap: "0.4rem" }}>
      <span>{words}</span>
      <Group gap="xs">{children}</Group>
    </div>
  );
}

interface AnswerProps {
  words: string;
  onClick: () => void;
  isBusy?: boolean;
}

function Answer({ words, onClick, isBusy = false }: AnswerProps) {
  return (
    <Button variant="default" size="md" disabled={isBusy} onClick={onClick}>
      {words}
    </Button>
  );
}
