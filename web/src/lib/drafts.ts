// An unsaved text outlives its tab: it is kept in this browser until it is saved or dropped.
const PREFIX = "sdc.draft:";

export interface Draft {
  index: number;
  version: number;
  /** The line as it was when the writing began. */
  base: string;
  text: string;
}

const keyOf = (sessionId: string, { version, index }: Pick<Draft, "version" | "index">): string =>
  `${PREFIX}${sessionId}:${version}:${index}`;

/** A browser may keep nothing, or be full: then a draft lives as long as its tab. */
function quietly<T>(act: () => T, otherwise: T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

export function keepDraft(sessionId: string, draft: Draft): void {
  quietly(() => {
    localStorage.setItem(keyOf(sessionId, draft), JSON.stringify(draft));
  }, undefined);
}

export function dropDraft(sessionId: string, draft: Pick<Draft, "version" | "index">): void {
  quietly(() => {
    localStorage.removeItem(keyOf(sessionId, draft));
  }, undefined);
}

const keys = (prefix: string): string[] =>
  quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix)), []);

/** The unsaved texts of a session, by line. */
export function draftsOf(sessionId: string): Draft[] {
  return keys(`${PREFIX}${sessionId}:`)
    .flatMap((key) => quietly(() => [JSON.parse(localStorage.getItem(key) ?? "") as Draft], []))
    .filter((draft) => typeof draft.text === "string" && typeof draft.base === "string")
    .sort((one, other) => one.index - other.index);
}

/** Who signs out leaves no words of a child behind in this browser. */
export function forgetDrafts(): void {
  keys(PREFIX).forEach((key) => {
    quietly(() => {
      localStorage.removeItem(key);
    }, undefined);
  });
}
