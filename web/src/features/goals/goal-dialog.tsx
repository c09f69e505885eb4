import { Button, Checkbox, Group, Modal, NumberInput, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { measuresQuery } from "@/api/get-measures";
import type { GoalIn } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useAddGoal } from "@/features/goals/get-goals";
import { byFamily, familyTitle, isForResearchers } from "@/lib/measures";

/** A new goal: condition, behaviour, measure, criterion, date. The server says what lies within the error. */
export function GoalDialog({ childId, onClose }: { childId: string; onClose: () => void }) {
  const add = useAddGoal(childId);
  const measures = (useQuery(measuresQuery).data ?? []).filter((item) => !isForResearchers(item));
  const [measure, setMeasure] = useState<string | null>("mlu_words");
  const [direction, setDirection] = useState<string | null>("at_least");
  const [criterion, setCriterion] = useState<number | string>("");
  const unit = measures.find((item) => item.id === measure)?.unit;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const goal: GoalIn = {
      behaviour: String(form.get("behaviour")).trim(),
      condition: String(form.get("condition")).trim(),
      measure: measure ?? "",
      criterion: Number(criterion),
      direction: direction as GoalIn["direction"],
      due: String(form.get("due")),
      sessions: 3,
      scale: form.get("scale") ? "auto" : [],
      baseline_weeks: null,
    };
    add.mutate(goal, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title="Add a goal" closeButtonProps={{ "aria-label": "Close" }}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          name="behaviour"
          label="What is to be seen"
          description="For example: uses longer utterances"
          maxLength={300}
          dir="auto"
          required
          pattern=".*\S.*"
          data-autofocus
        />
        <TextInput
          name="condition"
          label="When and with whom"
          description="For example: in free play with a parent"
          maxLength={300}
          dir="auto"
          required
          pattern=".*\S.*"
        />
        <Select
          label="Measure"
          data={byFamily(measures).map(([family, items]) => ({
            group: familyTitle(family),
            items: items.map((item) => ({ value: item.id, label: item.title })),
          }))}
          value={measure}
          onChange={setMeasure}
          allowDeselect={false}
          searchable
        />
        <Select
          label="Direction"
          data={[
            { value: "at_least", label: "At least" },
            { value: "at_most", label: "At most" },
          ]}
          value={direction}
          onChange={setDirection}
          allowDeselect={false}
        />
        <NumberInput
          label={unit ? `Criterion (${unit})` : "Criterion"}
          description="The mean of the last three sessions counts. It must lie beyond the error from the baseline."
          value={criterion}
          onChange={setCriterion}
          required
        />
        <TextInput name="due" type="date" label="By" required />
        <Checkbox name="scale" label="Five levels around it (goal attainment scaling)" />
        {add.isError && <ErrorState error={add.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add goal
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
