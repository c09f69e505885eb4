import { Button, Group, Menu, Modal, PasswordInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import type { ActorOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import classes from "@/features/access/account.module.css";
import { NewPassword } from "@/features/access/new-password";
import { useChangePassword, useSignOut } from "@/features/access/sign-in";
import { ROLE_WORDS } from "@/lib/roles";

/** Who is signed in, as what, and the way out. */
export function AccountMenu({ actor }: { actor: ActorOut }) {
  const signOut = useSignOut();
  const [changing, dialog] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="subtle" color="gray" rightSection={<Icon name="chevron" size={14} />}>
            <span className="unseen">Account: </span>
            <span className={classes.who}>
              <bdi className={classes.name}>{actor.name}</bdi>
              <span className="quiet">
                <span className={classes.dot}>· </span>
                {ROLE_WORDS[actor.role]}
              </span>
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={dialog.open}>Change password</Menu.Item>
          <Menu.Item
            onClick={() => {
              signOut.mutate(false);
            }}
          >
            Sign out
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              signOut.mutate(true);
            }}
          >
            Sign out everywhere
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={changing}
        onClose={dialog.close}
        title="Change password"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ChangePasswordForm onDone={dialog.close} />
      </Modal>
    </>
  );
}

function ChangePasswordForm({ onDone }: { onDone: () => void }) {
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
        label="Password until now"
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ "aria-label": "Show the old password" }}
      />
      <NewPassword value={password} onChange={setPassword} />
      {change.isError && <ErrorState error={change.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={change.isPending}>
          Change password
        </Button>
      </Group>
    </form>
  );
}
