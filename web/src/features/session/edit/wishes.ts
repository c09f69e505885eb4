import type { MarkIn, SessionOut } from "@/api/schema";

/** What somebody wants done to the transcript. */
export type Wish =
  | { what: "line"; index: number; text?: string; speaker?: string; base?: string }
  | { what: "split"; index: number; at: number }
  | { what: "merged"; index: number }
  | { what: "marked"; index: number; first: number; last: number; mark: MarkIn["mark"] }
  | { what: "code"; index: number; code: string; after: number | null }
  | { what: "times"; index: number; start_ms: number; end_ms: number }
  | { what: "speaker"; code: string; to?: string; role?: string; join?: boolean }
  | { what: "undone" }
  | { what: "redone" }
  | { what: "restored"; restore: number };

type Lines = Pick<SessionOut, "utterances">;

const lineOf = ({ utterances }: Lines, index: number) => {
  const line = utterances[index];
  return line ? `${line.speaker}: ${line.raw}` : null;
};

const timesOf = ({ utterances }: Lines, index: number) =>
  `${utterances[index]?.start_ms}–${utterances[index]?.end_ms}`;

/**
 * Whether what a wish is about reads in one transcript as it does in another.
 *
 * Somebody may have changed other lines meanwhile; then the wish still means what it meant. What is about
 * the transcript as a whole means it only for the version that was seen.
 */
export function meansTheSame(wish: Wish, seen: Lines, now: Lines): boolean {
  if (!("index" in wish)) return false;
  const { index } = wish;
  if (wish.what === "line" && wish.base !== undefined) {
    const line = now.utterances[index];
    return line?.raw === wish.base && line.speaker === seen.utterances[index]?.speaker;
  }
  if (wish.what === "times" && timesOf(seen, index) !== timesOf(now, index)) return false;
  const lines = wish.what === "merged" ? [index, index + 1] : [index];
  return lines.every((at) => lineOf(seen, at) !== null && lineOf(seen, at) === lineOf(now, at));
}
