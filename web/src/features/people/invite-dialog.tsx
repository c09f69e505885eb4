import { Button, Group, Modal, MultiSelect, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AccountIn, InvitationOut, TeamOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useInvite } from "@/features/people/change-people";
import { InvitationLink } from "@/features/people/invitation-link";
import { ACCOUNT_ROLES, roleHint, roleWords } from "@/lib/roles";

type AccountRole = AccountIn["role"];

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  teams: TeamOut[];
}

/** Somebody new: a name, a role, the children; then the link to give them. */
export function InviteDialog({ opened, onClose, teams }: InviteDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("people.invite")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <InviteForm onClose={onClose} teams={teams} />
    </Modal>
  );
}

function InviteForm({ onClose, teams }: Omit<InviteDialogProps, "opened">) {
  const { t } = useTranslation();
  const invite = useInvite();
  const [role, setRole] = useState<AccountRole>("parent");
  const [children, setChildren] = useState<string[]>([]);
  const [made, setMade] = useState<InvitationOut | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    invite.mutate({ name, role, child_ids: role === "researcher" ? [] : children }, { onSuccess: setMade });
  };
  if (made) return <InvitationLink invitation={made} onClose={onClose} />;
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        name="name"
        label={t("people.form.name")}
        description={t("people.form.name_hint")}
        minLength={2}
        maxLength={120}
        autoComplete="off"
        required
        data-autofocus
      />
      <Select
        label={t("people.role")}
        description={roleHint(role)}
        value={role}
        allowDeselect={false}
        onChange={(value) => {
          setRole((value ?? "parent") as AccountRole);
        }}
        data={ACCOUNT_ROLES.map((value) => ({ value, label: roleWords(value) }))}
      />
      {role !== "researcher" && (
        <MultiSelect
          label={t("people.form.team")}
          placeholder={children.length ? undefined : t("people.form.no_child")}
          value={children}
          onChange={setChildren}
          data={teams.map((team) => ({ value: team.child_id, label: team.child_name }))}
          searchable
          clearable
          nothingFoundMessage={t("people.team.no_match")}
        />
      )}
      {invite.isError && <ErrorState error={invite.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" loading={invite.isPending}>
          {t("people.form.send")}
        </Button>
      </Group>
    </form>
  );
}
