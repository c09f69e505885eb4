import type { MeasureInfoOut } from "@/api/schema";
import { formatNumber } from "@/lib/format";
import { texts, wordOf } from "@/texts";

interface Valued {
  value: number | null;
  n: number | null;
  reason?: string | null;
  reliability?: "ok" | "rough" | "too_few" | null;
}

type Info = Pick<MeasureInfoOut, "minimum_n" | "n_unit">;

/** How far a value can be trusted, in words; null when there is nothing to say. */
export function reliabilityWords(measure: Valued, info?: Info): string | null {
  if (measure.value === null || !measure.reliability || measure.reliability === "ok") return null;
  const need = info?.minimum_n;
  const few =
    measure.n !== null && need && measure.n < need
      ? texts.t("common.reliability.of_needed", {
          n: measure.n,
          needed: need,
          unit: unitOf(info.n_unit, need),
        })
      : texts.t("common.reliability.little");
  return texts.t(`common.reliability.${measure.reliability}`, { why: few });
}

/** Why there is no value. */
export function reasonWords(measure: Valued): string | null {
  if (measure.value !== null) return null;
  return measure.reason ?? texts.t("common.not_computed");
}

export const isFirm = (measure: Valued): boolean =>
  measure.reliability !== "rough" && measure.reliability !== "too_few";

/** “n = 41 utterances”, the sample that a value rests on. */
export function sampleWords(n: number | null, unit: string): string | null {
  if (n === null) return null;
  return `n = ${formatNumber(n)} ${unitOf(unit, n)}`.trim();
}

const unitOf = (unit: string, n: number): string => wordOf("units", unit, n) ?? unit;

/** Whether a measure is for researchers only: it stands behind a fold and in no choice of measures. */
export const isForResearchers = (measure: Pick<MeasureInfoOut, "audience">): boolean =>
  measure.audience === "researcher";

/** Measures in the order of the registry, by family. */
export function byFamily<T extends Pick<MeasureInfoOut, "family">>(measures: readonly T[]): [string, T[]][] {
  const families = new Map<string, T[]>();
  for (const measure of measures) {
    const group = families.get(measure.family);
    if (group) group.push(measure);
    else families.set(measure.family, [measure]);
  }
  return [...families];
}

/** A measure's title in the language shown; the server's, which is English, where the catalogue has none. */
export const measureTitle = ({ id, title }: Pick<MeasureInfoOut, "id" | "title">): string =>
  wordOf("measures", id) ?? title;

/** A family's name as a heading: “turn_taking” → “Turn taking”. */
export function familyTitle(family: string): string {
  const known = wordOf("families", family);
  if (known) return known;
  const words = family.replaceAll("_", " ").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
