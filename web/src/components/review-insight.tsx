import { Button, Group, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { DecisionIn, InsightOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useDecide } from "@/api/decide-insight";

/** Where an insight stands: on a session's page, or in the account of all sessions in a voice. */
export type Place = Pick<DecisionIn, "of_session" | "voice" | "first" | "last">;

interface ReviewProps {
  childId: string;
  insight: InsightOut;
  place: Place;
}

const textOf = (insight: InsightOut) => insight.claims.map((claim) => claim.text).join(" ");

/** Buttons with which a therapist decides about an insight; others see none. */
export function Review({ childId, insight, place }: ReviewProps) {
  const { t } = useTranslation();
  const may = useMay();
  const decide = useDecide(childId);
  const [editing, setEditing] = useState(false);
  if (!may("approve_insight")) return null;
  const send = (verb: DecisionIn["verb"], text: string | null = null) => {
    decide.mutate(
      { ...place, key: insight.key, version: insight.version ?? 0, verb, text },
      {
        onSuccess: () => {
          setEditing(false);
        },
      },
    );
  };
  const about = textOf(insight).slice(0, 60);
  return (
    <div className="stack" style={{ gap: "0.5rem" }}>
      {editing ? (
        <EditForm
          text={textOf(insight)}
          isBusy={decide.isPending}
          onSave={(text) => {
            send("edit", text);
          }}
          onCancel={() => {
            setEditing(false);
          }}
        />
      ) : (
        <Group gap="xs">
          {insight.status !== "approved" && insight.is_outdated !== true && (
            <Action
              label={t("components.review.approve")}
              about={about}
              isBusy={decide.isPending}
              onClick={() => {
                send("approve");
              }}
            />
          )}
          {/* Words about figures that have changed are not edited: the insight that was made anew is. */}
          {insight.is_outdated !== true && (
            <Action
              label={t("components.review.edit")}
              about={about}
              isBusy={decide.isPending}
              onClick={() => {
                setEditing(true);
              }}
            />
          )}
          <Action
            label={t("components.review.dismiss")}
            about={about}
            isBusy={decide.isPending}
            onClick={() => {
              send("dismiss");
            }}
          />
        </Group>
      )}
      {decide.isError && <ErrorState error={decide.error} />}
    </div>
  );
}

interface ActionProps {
  label: string;
  about: string;
  isBusy: boolean;
  onClick: () => void;
}

function Action({ label, about, isBusy, onClick }: ActionProps) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={isBusy}
      aria-label={t("common.list", { title: label, words: about })}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

interface EditFormProps {
  text: string;
  isBusy: boolean;
  onSave: (text: string) => void;
  onCancel: () => void;
}

function EditForm({ text, isBusy, onSave, onCancel }: EditFormProps) {
  const { t } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave(String(new FormData(event.currentTarget).get("text")));
  };
  return (
    <form className="stack" style={{ gap: "0.5rem" }} onSubmit={submit}>
      <Textarea
        name="text"
        label={t("components.review.words")}
        description={t("components.review.words_hint")}
        defaultValue={text}
        maxLength={2000}
        rows={4}
        dir="auto"
        required
        data-autofocus
        ref={(area) => {
          area?.focus();
        }}
      />
      <Group gap="xs">
        <Button size="compact-sm" type="submit" loading={isBusy}>
          {t("components.review.save")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </Group>
    </form>
  );
}
