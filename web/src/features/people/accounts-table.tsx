import { Button, Group, Modal, NativeSelect, Table } from "@mantine/core";
import { useState } from "react";
import type { AccountOut, InvitationOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useChangeAccount, useInviteAgain } from "@/features/people/change-people";
import { InvitationLink } from "@/features/people/invitation-link";
import { formatDate } from "@/lib/format";
import { ROLE_HINTS, ROLE_WORDS } from "@/lib/roles";

type AccountRole = AccountOut["role"];

function stateOf(account: AccountOut): string {
  if (account.is_disabled) return "disabled";
  if (account.invitation_ends_at)
    return `invited until ${formatDate(account.invitation_ends_at.slice(0, 10))}`;
  return account.is_invited ? "invitation has ended" : "active";
}

/** All accounts; one's own cannot be changed here. */
export function AccountsTable({ accounts, own }: { accounts: AccountOut[]; own: string | undefined }) {
  const [made, setMade] = useState<InvitationOut | null>(null);
  const close = () => {
    setMade(null);
  };
  return (
    <>
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing="xs" aria-label="Accounts">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>
                <span className="unseen">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {accounts.map((account) => (
              <AccountRow key={account.id} account={account} isOwn={account.id === own} onInvited={setMade} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal
        opened={!!made}
        onClose={close}
        title="New invitation"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {made && <InvitationLink invitation={made} onClose={close} />}
      </Modal>
    </>
  );
}

interface AccountRowProps {
  account: AccountOut;
  isOwn: boolean;
  onInvited: (invitation: InvitationOut) => void;
}

function AccountRow({ account, isOwn, onInvited }: AccountRowProps) {
  const change = useChangeAccount();
  const invite = useInviteAgain();
  const error = change.error ?? invite.error;
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{account.name}</bdi>
        {isOwn && <span className="quiet"> (you)</span>}
        {error && <ErrorState error={error} />}
      </Table.Td>
      <Table.Td>
        {isOwn ? (
          ROLE_WORDS[account.role]
        ) : (
          <NativeSelect
            aria-label={`Role of ${account.name}`}
            value={account.role}
            onChange={(event) => {
              change.mutate({ accountId: account.id, role: event.currentTarget.value as AccountRole });
            }}
            data={(Object.keys(ROLE_HINTS) as AccountRole[]).map((value) => ({
              value,
              label: ROLE_WORDS[value],
            }))}
          />
        )}
      </Table.Td>
      <Table.Td>{stateOf(account)}</Table.Td>
      <Table.Td>
        {!isOwn && (
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              aria-label={`New link for ${account.name}`}
              disabled={account.is_disabled}
              loading={invite.isPending}
              onClick={() => {
                invite.mutate(account.id, { onSuccess: onInvited });
              }}
            >
              New link
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={change.isPending}
              aria-label={`${account.is_disabled ? "Enable" : "Disable"} ${account.name}`}
              onClick={() => {
                change.mutate({ accountId: account.id, is_disabled: !account.is_disabled });
              }}
            >
              {account.is_disabled ? "Enable" : "Disable"}
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
