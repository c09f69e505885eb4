import { Kbd, Modal, Table } from "@mantine/core";

const LINES: readonly [readonly string[], string][] = [
  [["J", "↓"], "Next line"],
  [["K", "↑"], "Line before"],
  [["?"], "This help"],
];
const PLAYER: readonly [readonly string[], string][] = [
  [["Space"], "Play or pause"],
  [["→", "←"], "Two seconds on or back"],
];

interface KeysHelpProps {
  opened: boolean;
  onClose: () => void;
  playable: boolean;
}

export function KeysHelp({ opened, onClose, playable }: KeysHelpProps) {
  const rows = playable ? [...PLAYER, ...LINES] : LINES;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      size="sm"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Table aria-label="Keys">
        <Table.Tbody>
          {rows.map(([keys, meaning]) => (
            <Table.Tr key={meaning}>
              <Table.Td>
                {keys.map((key) => (
                  <Kbd key={key} me={6}>
                    {key}
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
