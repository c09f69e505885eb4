import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { ChildOut, ErasedOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useEraseChild, useForgetChild } from "@/features/children/use-erase-child";

/** Erasing a child: what goes and what stays, and the name typed to confirm. */
export function EraseChild({ child }: { child: ChildOut }) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  return (
    <section className="card stack" aria-labelledby="erase-title">
      <h2 id="erase-title">{t("children.erase.title")}</h2>
      <p className="small">{t("children.erase.about")}</p>
      <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={dialog.open}>
        {t("children.erase.open")}
      </Button>
      {opened && <EraseDialog child={child} onClose={dialog.close} />}
    </section>
  );
}

function EraseDialog({ child, onClose }: { child: ChildOut; onClose: () => void }) {
  const { t } = useTranslation();
  const erase = useEraseChild(child.id);
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    erase.mutate(typed);
  };
  if (erase.data) return <Erased childId={child.id} erased={erase.data} />;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("children.erase.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={submit}>
        <p>
          <Trans
            i18nKey="children.erase.goes"
            components={{ name: <bdi style={{ fontWeight: 600 }}>{child.name}</bdi> }}
          />
        </p>
        <p>{t("children.erase.stays")}</p>
        <p role="alert">{t("children.erase.for_good")}</p>
        <TextInput
          label={t("children.erase.name")}
          description={
            <Trans i18nKey="children.erase.name_hint" components={{ name: <bdi>{child.name}</bdi> }} />
          }
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
          autoComplete="off"
          dir="auto"
          required
          data-autofocus
        />
        {erase.isError && <ErrorState error={erase.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" color="red" loading={erase.isPending} disabled={typed.trim() !== child.name}>
            {t("children.erase.send")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** What a search found afterwards; then there is no page of this child any more. */
function Erased({ childId, erased }: { childId: string; erased: ErasedOut }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const forget = useForgetChild(childId);
  const leave = () => {
    void navigate({ to: "/", replace: true }).then(forget);
  };
  return (
    <Modal
      opened
      onClose={leave}
      title={t("children.erase.done")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className="stack" role="status">
        <p>
          {erased.n_left > 0
            ? t("children.erase.left", { count: erased.n_left })
            : t("children.erase.nothing_left")}
        </p>
        {!erased.is_overwritten && <p>{t("children.erase.not_overwritten")}</p>}
        <Button style={{ alignSelf: "flex-end" }} onClick={leave} data-autofocus>
          {t("children.erase.leave")}
        </Button>
      </div>
    </Modal>
  );
}
