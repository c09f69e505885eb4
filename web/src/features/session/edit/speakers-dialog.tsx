import { Button, Checkbox, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { SessionOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import type { Editor } from "@/features/session/edit/use-editor";
import { roleTitle } from "@/lib/speakers";

/** Roles of CHAT that sessions with children have; another one that stands there is offered, too. */
const ROLES = [
  "Target_Child",
  "Child",
  "Mother",
  "Father",
  "Brother",
  "Sister",
  "Grandmother",
  "Grandfather",
  "Therapist",
  "Teacher",
  "Investigator",
  "Adult",
  "Unidentified",
];

/** Give a speaker another code or role on all lines of the session. */
export function SpeakersDialog({ editor, session }: { editor: Editor; session: SessionOut }) {
  const { t } = useTranslation();
  const people = session.participants;
  const [code, setCode] = useState(people[0]?.code ?? "");
  const person = people.find((one) => one.code === code);
  const [to, setTo] = useState(code);
  const [role, setRole] = useState(person?.role ?? "");
  const [join, setJoin] = useState(false);
  const taken = to !== code && people.some((one) => one.code === to);
  const { state } = editor;
  const close = () => {
    editor.setDialog(null);
  };
  const choose = (now: string) => {
    setCode(now);
    setTo(now);
    setRole(people.find((one) => one.code === now)?.role ?? "");
    setJoin(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = taken ? { to, join } : { to, role };
    if (await editor.act({ what: "speaker", code, ...wanted })) close();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t("session.speakers.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="quiet small">{t("session.speakers.what")}</p>
        <NativeSelect
          label={t("session.speakers.who")}
          data={people.map((one) => ({
            value: one.code,
            label: `${one.code} – ${roleTitle(one.role)}`,
          }))}
          value={code}
          onChange={(event) => {
            choose(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t("session.speakers.code")}
          classNames={{ input: "chat" }}
          maxLength={7}
          value={to}
          onChange={(event) => {
            setTo(event.currentTarget.value.toUpperCase());
          }}
        />
        {taken ? (
          <Checkbox
            label={t("session.speakers.join", { code: to })}
            checked={join}
            onChange={(event) => {
              setJoin(event.currentTarget.checked);
            }}
          />
        ) : (
          <NativeSelect
            label={t("session.speakers.role")}
            data={[...new Set([...ROLES, role])].map((one) => ({
              value: one,
              label: roleTitle(one),
            }))}
            value={role}
            onChange={(event) => {
              setRole(event.currentTarget.value);
            }}
          />
        )}
        {state.kind === "failed" && state.wish.what === "speaker" && <ErrorState error={state.error} />}
        <Button type="submit" loading={state.kind === "saving"} disabled={taken && !join}>
          {t("session.speakers.save")}
        </Button>
      </form>
    </Modal>
  );
}
