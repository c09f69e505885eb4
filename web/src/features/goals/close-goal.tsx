import { Button, Group, Modal, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { GoalOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useCloseGoal } from "@/features/goals/get-goals";

interface CloseGoalProps {
  childId: string;
  goal: GoalOut;
  onClose: () => void;
}

/** A goal is closed with why; it stays on record. */
export function CloseGoal({ childId, goal, onClose }: CloseGoalProps) {
  const { t } = useTranslation();
  const close = useCloseGoal(childId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget).get("why")).trim();
    close.mutate({ goalId: goal.id, why }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("goals.close_title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={submit}>
        <p dir="auto">{goal.behaviour}</p>
        <Textarea
          name="why"
          label={t("goals.why")}
          description={t("goals.why_hint")}
          maxLength={300}
          dir="auto"
          rows={2}
          data-autofocus
        />
        {close.isError && <ErrorState error={close.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={close.isPending}>
            {t("goals.close_submit")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
