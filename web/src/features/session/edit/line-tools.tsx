import { Button, Kbd, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ParticipantOut, UtteranceOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/features/session/edit/edit.module.css";
import { wordsOf } from "@/features/session/edit/picking";
import type { Editor } from "@/features/session/edit/use-editor";

interface LineToolsProps {
  editor: Editor;
  line: UtteranceOut;
  speakers: readonly ParticipantOut[];
  nameOf: (code: string) => string;
  isLast: boolean;
  /** Hear the line again and again; undefined where it cannot be heard. */
  onLoop: (() => void) | undefined;
}

/** What the keys do, as buttons under the active line; those about words wait until words are picked. */
export function LineTools({ editor, line, speakers, nameOf, isLast, onLoop }: LineToolsProps) {
  const { t } = useTranslation();
  const { actions, picked, state } = editor;
  if (!actions) return null;
  const busy = state.kind === "saving";
  const quoted = picked ? t("session.edit.quoted", { words: wordsOf(line, picked) }) : "";
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a click here is not a wish to hear the line
    <div
      className={classes.tools}
      role="group"
      aria-label={t("session.edit.tools", { line: line.index + 1 })}
      onClick={(event) => {
        event.stopPropagation();
      }}
    >
      <Tool letter="E" label={t("session.edit.edit")} onClick={actions.edit} disabled={busy} />
      {picked && (
        <>
          <span className="quiet small" dir="auto" role="status">
            {quoted}
          </span>
          <Tool letter="X" label={t("session.edit.unclear")} onClick={actions.unclear} disabled={busy} />
          <Tool letter="R" label={t("session.edit.retraced")} onClick={actions.retrace} disabled={busy} />
          <Tool letter="S" label={t("session.edit.split")} onClick={actions.split} disabled={busy} />
        </>
      )}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy}
            rightSection={<Icon name="chevron" size={12} />}
          >
            {t("session.edit.more")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {!isLast && <Item letter="M" label={t("session.edit.merge")} onClick={actions.merge} />}
          <Item letter="C" label={t("session.edit.code")} onClick={actions.code} />
          {onLoop && <Item letter="L" label={t("session.edit.loop")} onClick={onLoop} />}
          <Menu.Label>{t("session.edit.give")}</Menu.Label>
          {speakers.map(({ code }, at) => (
            <Item
              key={code}
              letter={at < 4 ? String(at + 1) : undefined}
              label={nameOf(code)}
              disabled={code === line.speaker}
              onClick={() => {
                actions.give(code);
              }}
            />
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

interface ToolProps {
  letter: string | undefined;
  label: string;
  onClick: () => void;
  disabled?: boolean;
}

function Tool({ letter, label, onClick, disabled = false }: ToolProps) {
  return (
    <Button size="compact-sm" variant="default" onClick={onClick} disabled={disabled}>
      {label}
      <Kbd size="xs" className={classes.key} aria-hidden="true">
        {letter}
      </Kbd>
    </Button>
  );
}

function Item({ letter, label, onClick, disabled = false }: ToolProps) {
  const right = letter ? (
    <Kbd size="xs" aria-hidden="true">
      {letter}
    </Kbd>
  ) : undefined;
  return (
    <Menu.Item onClick={onClick} rightSection={right} disabled={disabled}>
      <bdi>{label}</bdi>
    </Menu.Item>
  );
}
