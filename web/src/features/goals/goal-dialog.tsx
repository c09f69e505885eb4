import { Button, Checkbox, Group, Modal, NumberInput, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { measuresQuery } from "@/api/get-measures";
import type { GoalIn, GoalOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useAddGoal, useChangeGoal } from "@/features/goals/get-goals";
import { formatUnit } from "@/lib/format";
import { byFamily, familyTitle, isForResearchers, measureTitle } from "@/lib/measures";

interface GoalDialogProps {
  childId: string;
  /** One that is changed; its measure and baseline stay. */
  goal?: GoalOut;
  onClose: () => void;
}

/** A goal: condition, behaviour, measure, criterion, date. The server says what lies within the error. */
export function GoalDialog({ childId, goal, onClose }: GoalDialogProps) {
  const { t } = useTranslation();
  const add = useAddGoal(childId);
  const change = useChangeGoal(childId);
  const sent = goal ? change : add;
  const [measure, setMeasure] = useState<string | null>(goal?.measure ?? "mlu_words");
  const [direction, setDirection] = useState<string | null>(goal?.direction ?? "at_least");
  const [criterion, setCriterion] = useState<number | string>(goal?.criterion ?? "");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const drafted = {
      behaviour: String(form.get("behaviour")).trim(),
      condition: String(form.get("condition")).trim(),
      criterion: Number(criterion),
      direction: direction as GoalIn["direction"],
      due: String(form.get("due")),
      sessions: goal?.sessions ?? 3,
      scale: form.get("scale") ? ("auto" as const) : [],
    };
    if (goal) {
      const why = String(form.get("why")).trim();
      change.mutate(
        { goalId: goal.id, body: { ...drafted, why, version: goal.version } },
        { onSuccess: onClose },
      );
    } else add.mutate({ ...drafted, measure: measure ?? "", baseline_weeks: null }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={goal ? t("goals.change_title") : t("goals.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={submit}>
        {(["behaviour", "condition"] as const).map((name) => (
          <TextInput
            key={name}
            name={name}
            label={t(`goals.${name}`)}
            description={t(`goals.${name}_hint`)}
            defaultValue={goal?.[name]}
            maxLength={300}
            dir="auto"
            required
            pattern=".*\S.*"
            data-autofocus={name === "behaviour" || undefined}
          />
        ))}
        <MeasureChoice value={measure} onChange={setMeasure} disabled={goal !== undefined} />
        <Select
          label={t("goals.direction")}
          data={(["at_least", "at_most"] as const).map((value) => ({ value, label: t(`goals.${value}`) }))}
          value={direction}
          onChange={setDirection}
          allowDeselect={false}
        />
        <Criterion measure={measure} value={criterion} onChange={setCriterion} />
        <TextInput name="due" type="date" label={t("goals.due")} defaultValue={goal?.due} required />
        <Checkbox name="scale" label={t("goals.scale")} defaultChecked={!!goal?.scale.length} />
        {goal && (
          <TextInput
            name="why"
            label={t("goals.why")}
            description={t("goals.change_why_hint")}
            maxLength={300}
            dir="auto"
          />
        )}
        {sent.isError && <ErrorState error={sent.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={sent.isPending}>
            {goal ? t("common.save") : t("goals.add_submit")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface MeasureChoiceProps {
  value: string | null;
  onChange: (measure: string | null) => void;
  disabled: boolean;
}

function MeasureChoice({ value, onChange, disabled }: MeasureChoiceProps) {
  const { t } = useTranslation();
  const measures = (useQuery(measuresQuery).data ?? []).filter((item) => !isForResearchers(item));
  return (
    <Select
      label={t("goals.measure")}
      data={byFamily(measures).map(([family, items]) => ({
        group: familyTitle(family),
        items: items.map((item) => ({ value: item.id, label: measureTitle(item) })),
      }))}
      value={value}
      onChange={onChange}
      disabled={disabled}
      allowDeselect={false}
      searchable
    />
  );
}

interface CriterionProps {
  measure: string | null;
  value: number | string;
  onChange: (value: number | string) => void;
}

function Criterion({ measure, value, onChange }: CriterionProps) {
  const { t } = useTranslation();
  const unit = useQuery(measuresQuery).data?.find((item) => item.id === measure)?.unit;
  return (
    <NumberInput
      label={unit ? t("goals.criterion_in", { unit: formatUnit(unit) || unit }) : t("goals.criterion")}
      description={t("goals.criterion_hint")}
      value={value}
      onChange={onChange}
      required
    />
  );
}
