import { Button, Modal, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import classes from "@/features/session/edit/edit.module.css";
import type { Editor } from "@/features/session/edit/use-editor";

/** What is put in most often; each has its words in the catalogue. */
const CODES = {
  laughs: "&=laughs",
  cries: "&=cries",
  sings: "&=sings",
  coughs: "&=coughs",
  points: "&=points",
  pause: "(.)",
  long_pause: "(..)",
  unsure: "[?]",
  stress: "[!]",
  error: "[*]",
  exclude: "[+ exc]",
  imitated: "[+ imit]",
} as const;

/** A small menu of codes in words; the code goes behind the picked words, or to the end of the line. */
export function CodeDialog({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const [own, setOwn] = useState("");
  const { line, picked } = editor;
  const close = () => {
    editor.setDialog(null);
  };
  const put = (code: string) => {
    close();
    if (line) void editor.act({ what: "code", index: line.index, code, after: picked?.last ?? null });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (own.trim()) put(own.trim());
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t("session.codes.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <div className={classes.codes}>
        {(Object.keys(CODES) as (keyof typeof CODES)[]).map((name, at) => (
          <Button
            key={name}
            variant="default"
            justify="space-between"
            data-autofocus={at === 0 || undefined}
            rightSection={<span className="chat">{CODES[name]}</span>}
            onClick={() => {
              put(CODES[name]);
            }}
          >
            {t(`session.codes.${name}`)}
          </Button>
        ))}
      </div>
      <form onSubmit={submit} className="row" style={{ alignItems: "flex-end", marginTop: "1rem" }}>
        <TextInput
          label={t("session.codes.own")}
          classNames={{ input: "chat" }}
          style={{ flex: 1 }}
          value={own}
          onChange={(event) => {
            setOwn(event.currentTarget.value);
          }}
        />
        <Button type="submit" variant="default">
          {t("session.codes.put")}
        </Button>
      </form>
    </Modal>
  );
}
