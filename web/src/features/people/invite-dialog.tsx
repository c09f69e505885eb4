import { Button, Group, Modal, MultiSelect, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { AccountIn, InvitationOut, TeamOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useInvite } from "@/features/people/change-people";
import { InvitationLink } from "@/features/people/invitation-link";
import { ROLE_HINTS, ROLE_WORDS } from "@/lib/roles";

type AccountRole = AccountIn["role"];
const ROLES = Object.keys(ROLE_HINTS) as AccountRole[];

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  teams: TeamOut[];
}

/** Somebody new: a name, a role, the children; then the link to give them. */
export function InviteDialog({ opened, onClose, teams }: InviteDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Invite somebody"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <InviteForm onClose={onClose} teams={teams} />
    </Modal>
  );
}

function InviteForm({ onClose, teams }: Omit<InviteDialogProps, "opened">) {
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
        label="Name to sign in with"
        description="Their e-mail address, without spaces."
        minLength={2}
        maxLength={120}
        autoComplete="off"
        required
        data-autofocus
      />
      <Select
        label="Role"
        description={ROLE_HINTS[role]}
        value={role}
        allowDeselect={false}
        onChange={(value) => {
          setRole((value ?? "parent") as AccountRole);
        }}
        data={ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }))}
      />
      {role !== "researcher" && (
        <MultiSelect
          label="On the care team of"
          placeholder={children.length ? undefined : "No child yet"}
          value={children}
          onChange={setChildren}
          data={teams.map((team) => ({ value: team.child_id, label: team.child_name }))}
          searchable
          clearable
          nothingFoundMessage="No child of that name"
        />
      )}
      {invite.isError && <ErrorState error={invite.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={invite.isPending}>
          Make the link
        </Button>
      </Group>
    </form>
  );
}
