import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import type { InvitationOut } from "@/api/schema";

/** The secret stands behind the #, so that no server on the way writes it down. */
export const linkOf = (secret: string) => `${window.location.origin}/invitation#${secret}`;

interface InvitationLinkProps {
  invitation: InvitationOut;
  onClose: () => void;
}

/** The link, shown this once. */
export function InvitationLink({ invitation, onClose }: InvitationLinkProps) {
  const link = linkOf(invitation.secret);
  return (
    <div className="stack">
      <p>
        Give this link to <bdi>{invitation.account.name}</bdi> only, on a way that nobody else reads. It works
        once, within 7 days, and is not shown again.
      </p>
      <TextInput
        label="Invitation link"
        value={link}
        readOnly
        data-autofocus
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <Group justify="flex-end">
        <CopyButton value={link}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy the link"}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </Group>
    </div>
  );
}
