import { Button, Group, Modal, NativeSelect, Table } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccountOut, InvitationOut } from "@/api/schema";
import stacked from "@/components/stacked-table.module.css";
import { ErrorState } from "@/components/states";
import { useChangeAccount, useInviteAgain } from "@/features/people/change-people";
import { InvitationLink } from "@/features/people/invitation-link";
import { formatDate } from "@/lib/format";
import { ACCOUNT_ROLES, roleWords } from "@/lib/roles";
import { texts } from "@/texts";

type AccountRole = AccountOut["role"];

function stateOf(account: AccountOut): string {
  if (account.is_disabled) return texts.t("people.states.disabled");
  if (account.invitation_ends_at)
    return texts.t("people.states.invited", { date: formatDate(account.invitation_ends_at) });
  return texts.t(account.is_invited ? "people.states.ended" : "people.states.active");
}

/** All accounts; one's own cannot be changed here. */
export function AccountsTable({ accounts, own }: { accounts: AccountOut[]; own: string | undefined }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<InvitationOut | null>(null);
  const close = () => {
    setMade(null);
  };
  return (
    <>
      <Table verticalSpacing="xs" className={stacked.table} aria-label={t("people.accounts")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("people.name")}</Table.Th>
            <Table.Th>{t("people.role")}</Table.Th>
            <Table.Th>{t("people.state")}</Table.Th>
            <Table.Th>
              <span className="unseen">{t("people.actions")}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} isOwn={account.id === own} onInvited={setMade} />
          ))}
        </Table.Tbody>
      </Table>
      <Modal
        opened={!!made}
        onClose={close}
        title={t("people.new_invitation")}
        closeButtonProps={{ "aria-label": t("common.close") }}
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
  const { t } = useTranslation();
  const change = useChangeAccount();
  const invite = useInviteAgain();
  const error = change.error ?? invite.error;
  return (
    <Table.Tr>
      <Table.Td data-label={t("people.name")}>
        <bdi>{account.name}</bdi>
        {isOwn && <span className="quiet"> {t("people.you")}</span>}
        {error && <ErrorState error={error} />}
      </Table.Td>
      <Table.Td data-label={t("people.role")}>
        {isOwn ? (
          roleWords(account.role)
        ) : (
          <NativeSelect
            aria-label={t("people.role_of", { name: account.name })}
            value={account.role}
            onChange={(event) => {
              change.mutate({ accountId: account.id, role: event.currentTarget.value as AccountRole });
            }}
            data={ACCOUNT_ROLES.map((value) => ({ value, label: roleWords(value) }))}
          />
        )}
      </Table.Td>
      <Table.Td data-label={t("people.state")}>{stateOf(account)}</Table.Td>
      <Table.Td>
        {!isOwn && (
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              aria-label={t("people.new_link_for", { name: account.name })}
              disabled={account.is_disabled}
              loading={invite.isPending}
              onClick={() => {
                invite.mutate(account.id, { onSuccess: onInvited });
              }}
            >
              {t("people.new_link")}
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={change.isPending}
              aria-label={t(account.is_disabled ? "people.enable_name" : "people.disable_name", {
                name: account.name,
              })}
              onClick={() => {
                change.mutate({ accountId: account.id, is_disabled: !account.is_disabled });
              }}
            >
              {t(account.is_disabled ? "people.enable" : "people.disable")}
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
