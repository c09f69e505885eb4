import { Button, Group, Modal, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PhasePlanOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useStatePhases } from "@/features/progress/state-phases";

interface PhasesDialogProps {
  childId: string;
  plan: PhasePlanOut;
  onClose: () => void;
}

/** When the baseline was and when the intervention; every change is kept as a version. */
export function PhasesDialog({ childId, plan, onClose }: PhasesDialogProps) {
  const { t } = useTranslation();
  const state = useStatePhases(childId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: string) => String(form.get(name));
    state.mutate(
      {
        version: plan.version,
        baseline: { first: of("baseline_first"), last: of("baseline_last") },
        intervention: { first: of("intervention_first"), last: of("intervention_last") || null },
        note: of("note").trim(),
      },
      { onSuccess: onClose },
    );
  };
  const takeBack = () => {
    state.mutate({ version: plan.version, note: "" }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("progress.phases.dialog")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={submit}>
        <PhaseDays phase="baseline" range={plan.baseline} lastRequired />
        <PhaseDays phase="intervention" range={plan.intervention} />
        <TextInput
          name="note"
          label={t("progress.phases.note")}
          description={t("progress.phases.note_hint")}
          defaultValue={plan.note}
          maxLength={300}
          dir="auto"
        />
        {state.isError && <ErrorState error={state.error} />}
        <Group justify="space-between">
          {plan.baseline ? (
            <Button variant="subtle" onClick={takeBack} disabled={state.isPending}>
              {t("progress.phases.take_back")}
            </Button>
          ) : (
            <span />
          )}
          <Group>
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={state.isPending}>
              {t("common.save")}
            </Button>
          </Group>
        </Group>
      </form>
    </Modal>
  );
}

interface PhaseDaysProps {
  phase: "baseline" | "intervention";
  range: PhasePlanOut["baseline"];
  lastRequired?: boolean;
}

function PhaseDays({ phase, range, lastRequired = false }: PhaseDaysProps) {
  const { t } = useTranslation();
  return (
    <Group
      component="fieldset"
      grow
      preventGrowOverflow={false}
      align="flex-end"
      style={{ border: 0, margin: 0, padding: 0 }}
    >
      <legend>{t(`progress.phases.${phase}`)}</legend>
      <TextInput
        type="date"
        name={`${phase}_first`}
        label={t("progress.first")}
        defaultValue={range?.first}
        required
      />
      <TextInput
        type="date"
        name={`${phase}_last`}
        label={lastRequired ? t("progress.last") : t("progress.phases.last_or_open")}
        defaultValue={range?.last ?? undefined}
        required={lastRequired}
      />
    </Group>
  );
}
