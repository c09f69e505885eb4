import { Kbd, Modal, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { texts } from "@/texts";

const PLAYER = [
  ["toggle", ["Space"]],
  ["skip", ["→", "←"]],
  ["loop", ["L"]],
  ["zoom", ["+", "−"]],
  ["whole", ["0"]],
] as const;
const LINES = [
  ["next", ["J", "↓"]],
  ["before", ["K", "↑"]],
] as const;
const EDITING = [
  ["edit", ["E", "Enter"]],
  ["save", ["Enter"]],
  ["save_next", ["Ctrl+Enter"]],
  ["leave", ["Esc"]],
  ["word", ["W", "Shift+W"]],
  ["stretch", ["Shift+→", "Shift+←"]],
  ["split", ["S"]],
  ["merge", ["M"]],
  ["speaker", ["1", "2", "3", "4"]],
  ["unclear", ["X"]],
  ["retraced", ["R"]],
  ["code", ["C"]],
  ["undo", ["U", "Ctrl+Z"]],
  ["redo", ["Shift+Ctrl+Z"]],
] as const;
/** Of the handles in the waveform, for who may correct what can be heard. */
const TIMES = [
  ["times", ["←", "→"]],
  ["times_save", ["Enter"]],
] as const;
const REVIEW = [
  ["next", ["N"]],
  ["look", ["V"]],
] as const;

const NAMED = ["Space", "Enter", "Shift", "Esc"] as const;

/** A key as it is labelled: “Shift+W”, “Mayús+W”. */
function keyWords(keys: string): string {
  return NAMED.reduce((words, name) => words.replace(name, texts.t(`session.key_names.${name}`)), keys);
}

interface KeysHelpProps {
  opened: boolean;
  onClose: () => void;
  playable: boolean;
  /** Whether the reader may correct the transcript. */
  editing: boolean;
}

export function KeysHelp({ opened, onClose, playable, editing }: KeysHelpProps) {
  const { t } = useTranslation();
  const rows: [string, readonly string[]][] = [
    ...(playable ? PLAYER : []).map(([name, keys]): [string, readonly string[]] => [
      t(`session.keys.${name}`),
      keys,
    ]),
    ...LINES.map(([name, keys]): [string, readonly string[]] => [t(`session.keys.${name}`), keys]),
    ...(editing ? EDITING : []).map(([name, keys]): [string, readonly string[]] => [
      t(`session.keys.${name}`),
      keys,
    ]),
    ...(editing && playable ? TIMES : []).map(([name, keys]): [string, readonly string[]] => [
      t(`session.keys.${name}`),
      keys,
    ]),
    ...(editing ? REVIEW : []).map(([name, keys]): [string, readonly string[]] => [
      t(`review.keys.${name}`),
      keys,
    ]),
    [t("session.keys.help"), ["?"]],
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("session.keys.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Table aria-label={t("session.keys.title")}>
        <Table.Tbody>
          {rows.map(([meaning, keys]) => (
            <Table.Tr key={meaning}>
              <Table.Td>
                {keys.map((key) => (
                  <Kbd key={key} me={6}>
                    {keyWords(key)}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
