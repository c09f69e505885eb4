import type { TokenOut, UtteranceOut } from "@/api/schema";

/** Words of one line that an edit is about, by their place among its tokens. */
export interface Run {
  index: number;
  first: number;
  last: number;
}

const SAYS_NOTHING = new Set(["terminator", "separator", "linker", "marker"]);

/** The tokens that can be picked, in order. */
const places = (tokens: readonly TokenOut[]): number[] =>
  tokens.flatMap((token, at) => (SAYS_NOTHING.has(token.kind) ? [] : [at]));

/** The next word, or the one before; from nothing, the first or the last one. */
export function stepWord(line: UtteranceOut, run: Run | null, by: 1 | -1): Run | null {
  const at = places(line.tokens);
  const now = run?.index === line.index ? (by === 1 ? run.last : run.first) : null;
  const found =
    now === null
      ? at.at(by === 1 ? 0 : -1)
      : by === 1
        ? (at.find((place) => place > now) ?? at.at(-1))
        : (at.filter((place) => place < now).at(-1) ?? at[0]);
  return found === undefined ? null : { index: line.index, first: found, last: found };
}

/** One word more at the end of what is picked, or one less. */
export function stretch(line: UtteranceOut, run: Run | null, by: 1 | -1): Run | null {
  if (run?.index !== line.index) return stepWord(line, null, by);
  const at = places(line.tokens);
  const last =
    by === 1
      ? at.find((place) => place > run.last)
      : at.filter((place) => place < run.last && place >= run.first).at(-1);
  return last === undefined ? run : { ...run, last };
}

const tokenOf = (node: Node | null): HTMLElement | null => {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest<HTMLElement>("[data-token]") ?? null;
};

/** The word that an element of the page belongs to. */
export function pickedAt(node: Node | null): Run | null {
  const token = tokenOf(node);
  const row = token?.closest<HTMLElement>("[data-index]");
  if (!token || !row) return null;
  const at = Number(token.dataset["token"]);
  return { index: Number(row.dataset["index"]), first: at, last: at };
}

/** The words that are selected on the page, where they are all of one line. */
export function pickedIn(selection: Selection | null): Run | null {
  if (!selection || selection.isCollapsed) return null;
  const [one, other] = [pickedAt(selection.anchorNode), pickedAt(selection.focusNode)];
  if (!one || !other || one.index !== other.index) return null;
  return {
    index: one.index,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
  };
}

/** The words of a run as one reads them. */
export const wordsOf = (line: UtteranceOut, run: Run): string =>
  line.tokens
    .slice(run.first, run.last + 1)
    .map((token) => token.text)
    .join(" ");

/** The token before which a line is split when the caret stands there in its text. */
export function tokenAtCaret(line: Pick<UtteranceOut, "raw" | "tokens">, caret: number): number | null {
  // What stands in square brackets is no token, but may hold the same letters.
  const text = line.raw.replace(/\[[^\]]*\]/g, (code) => "\0".repeat(code.length));
  let from = 0;
  for (const [at, token] of line.tokens.entries()) {
    const start = text.indexOf(token.raw, from);
    if (start < 0) continue;
    if (start + token.raw.length > caret) return at;
    from = start + token.raw.length;
  }
  return null;
}
