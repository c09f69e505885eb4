import type { SessionOut } from "@/api/schema";

export interface MeasureChange {
  id: string;
  before: number | null;
  after: number | null;
  unit: string;
}

/** What people look at first; the rest follows in the registry's order. */
const FIRST = ["mlu_words", "mlu_morphemes", "utterances_total", "word_types", "intelligible_words_pct"];

const place = (id: string): number => {
  const found = FIRST.indexOf(id);
  return found < 0 ? FIRST.length : found;
};

const shown = (value: number | null): string => (value === null ? "" : value.toPrecision(3));

/** The measures of one speaker whose figure, as people read it, an edit has changed. */
export function changedMeasures(
  before: SessionOut,
  after: SessionOut,
  speaker: string | null,
): MeasureChange[] {
  const [old, now] = [before, after].map(({ speakers }) => speakers[speaker ?? ""]?.measures ?? {});
  return Object.values(now ?? {})
    .map(({ id, value, unit }) => ({ id, before: old?.[id]?.value ?? null, after: value, unit }))
    .filter((change) => shown(change.before) !== shown(change.after))
    .sort((one, other) => place(one.id) - place(other.id));
}
