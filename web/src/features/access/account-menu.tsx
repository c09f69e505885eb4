import { Button, Group, Menu, Modal, PasswordInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ActorOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import classes from "@/features/access/account.module.css";
import { NewPassword } from "@/features/access/new-password";
import { useChangePassword } from "@/features/access/sign-in";
import { roleWords } from "@/lib/roles";

interface AccountMenuProps {
  actor: ActorOut;
  onSignOut: (everywhere: boolean) => void;
}

/** Who is signed in, as what, and the way out. */
export function AccountMenu({ actor, onSignOut }: AccountMenuProps) {
  const { t } = useTranslation();
  const [changing, dialog] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="subtle" color="gray" rightSection={<Icon name="chevron" size={14} />}>
            <span className="unseen">{t("access.account.label")}</span>
            <span className={classes.who}>
              <bdi className={classes.name}>{actor.name}</bdi>
              <span className="quiet">
                <span className={classes.dot}>· </span>
                {roleWords(actor.role)}
              </span>
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={dialog.open}>{t("access.account.change")}</Menu.Item>
          <Menu.Item
            onClick={() => {
              onSignOut(false);
            }}
          >
            {t("access.account.sign_out")}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              onSignOut(true);
            }}
          >
            {t("access.account.sign_out_everywhere")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={changing}
        onClose={dialog.close}
        title={t("access.account.change")}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <ChangePasswordForm onDone={dialog.close} />
      </Modal>
    </>
  );
}

function ChangePasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const change = useChangePassword();
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const old = String(new FormData(event.currentTarget).get("old"));
    change.mutate({ old, new: password }, { onSuccess: onDone });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <PasswordInput
        name="old"
        label={t("access.account.old")}
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ "aria-label": t("access.account.show_old") }}
      />
      <NewPassword value={password} onChange={setPassword} />
      {change.isError && <ErrorState error={change.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" loading={change.isPending}>
          {t("access.account.change")}
        </Button>
      </Group>
    </form>
  );
}
