import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { InvitationOut } from "@/api/schema";

/** The secret stands behind the #, so that no server on the way writes it down. */
export const linkOf = (secret: string) => `${window.location.origin}/invitation#${secret}`;

interface InvitationLinkProps {
  invitation: InvitationOut;
  onClose: () => void;
}

/** The link, shown this once. */
export function InvitationLink({ invitation, onClose }: InvitationLinkProps) {
  const { t } = useTranslation();
  const link = linkOf(invitation.secret);
  return (
    <div className="stack">
      <p>
        <Trans i18nKey="people.link.intro" components={{ name: <bdi>{invitation.account.name}</bdi> }} />
      </p>
      <TextInput
        label={t("people.link.label")}
        value={link}
        readOnly
        data-autofocus
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <Group justify="flex-end">
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{t(copied ? "people.link.copied" : "people.link.copy")}</Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t("people.link.done")}
        </Button>
      </Group>
    </div>
  );
}
