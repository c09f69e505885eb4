export interface Piece {
  kind: "same" | "gone" | "came";
  text: string;
}

/** How one text became another, word by word: what both share in order stays. */
export function wordDifference(before: string, after: string): Piece[] {
  const [old, now] = [before, after].map((text) => text.split(" ").filter(Boolean)) as [string[], string[]];
  // Longest common subsequence; lines are short.
  const longest = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const row = longest[i];
      if (row) row[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], text: string | undefined) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += ` ${text ?? ""}`;
    else pieces.push({ kind, text: text ?? "" });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add("same", old[i]);
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      add("gone", old[i]);
      i += 1;
    } else {
      add("came", now[j]);
      j += 1;
    }
  }
  return pieces;
}
