import { Button, Group, Modal, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { ChildIn } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useAddChild } from "@/features/children/add-child";

interface AddChildProps {
  opened: boolean;
  onClose: () => void;
  onAdded: (childId: string) => void;
}

/** A new child: a name is enough. */
export function AddChildDialog({ opened, onClose, onAdded }: AddChildProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add a child" closeButtonProps={{ "aria-label": "Close" }}>
      <AddChildForm onClose={onClose} onAdded={onAdded} />
    </Modal>
  );
}

function AddChildForm({ onClose, onAdded }: Omit<AddChildProps, "opened">) {
  const add = useAddChild();
  const [sex, setSex] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const child: ChildIn = {
      name: String(form.get("name")).trim(),
      birth_date: String(form.get("birth_date")) || null,
      sex: sex as ChildIn["sex"],
    };
    add.mutate(child, {
      onSuccess: (added) => {
        onAdded(added.id);
      },
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        name="name"
        label="Name"
        description="A pseudonym is fine: it is only how you find the child."
        maxLength={120}
        dir="auto"
        required
        pattern=".*\S.*"
        data-autofocus
      />
      <TextInput
        name="birth_date"
        type="date"
        label="Date of birth"
        description="Gives the age where a transcript does not say it."
      />
      <Select
        label="Sex"
        placeholder="Not given"
        clearable
        value={sex}
        onChange={setSex}
        data={[
          { value: "female", label: "Female" },
          { value: "male", label: "Male" },
        ]}
      />
      {add.isError && <ErrorState error={add.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={add.isPending}>
          Add child
        </Button>
      </Group>
    </form>
  );
}
