import { Button, Group, Modal, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
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
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("children.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <AddChildForm onClose={onClose} onAdded={onAdded} />
    </Modal>
  );
}

function AddChildForm({ onClose, onAdded }: Omit<AddChildProps, "opened">) {
  const { t } = useTranslation();
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
        label={t("children.form.name")}
        description={t("children.form.name_hint")}
        maxLength={120}
        dir="auto"
        required
        pattern=".*\S.*"
        data-autofocus
      />
      <TextInput
        name="birth_date"
        type="date"
        label={t("children.form.birth_date")}
        description={t("children.form.birth_date_hint")}
      />
      <Select
        label={t("children.form.sex")}
        placeholder={t("children.form.not_given")}
        clearable
        value={sex}
        onChange={setSex}
        data={[
          { value: "female", label: t("children.form.female") },
          { value: "male", label: t("children.form.male") },
        ]}
      />
      {add.isError && <ErrorState error={add.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" loading={add.isPending}>
          {t("children.form.send")}
        </Button>
      </Group>
    </form>
  );
}
