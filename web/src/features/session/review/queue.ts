import type { DoubtfulLineOut } from "@/api/schema";

/** Whether somebody looked at the line, or wrote it anew. */
export const isDone = (line: DoubtfulLineOut): boolean => line.is_edited || line.looked_at !== null;

/** The line to look at next: after the one that is open the next doubtful one, and round again. */
export function nextLine(lines: readonly DoubtfulLineOut[], active: number | null): number | null {
  const at = lines.findIndex((line) => line.index === active);
  const inTurn = [...lines.slice(at + 1), ...lines.slice(0, at + 1)];
  return inTurn.find((line) => !isDone(line) && line.index !== active)?.index ?? null;
}
