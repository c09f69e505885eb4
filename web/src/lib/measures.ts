import type { MeasureInfoOut } from "@/api/schema";
import { formatCount } from "@/lib/format";

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
      ? `${measure.n.toLocaleString("en")} of the ${need.toLocaleString("en")} ${info.n_unit} it needs`
      : "little material";
  return measure.reliability === "rough" ? `Rough: ${few}` : `Too few to rely on: ${few}`;
}

/** Why there is no value. */
export function reasonWords(measure: Valued): string | null {
  if (measure.value !== null) return null;
  return measure.reason ?? "not computed";
}

export const isFirm = (measure: Valued): boolean =>
  measure.reliability !== "rough" && measure.reliability !== "too_few";

/** “n = 41 utterances”, the sample that a value rests on. */
export function sampleWords(n: number | null, unit: string): string | null {
  if (n === null) return null;
  return unit ? `n = ${formatCount(n, singular(unit), unit)}` : `n = ${n.toLocaleString("en")}`;
}

const singular = (unit: string): string =>
  unit.endsWith("s") && !unit.endsWith("ss") ? unit.slice(0, -1) : unit;

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

/** A family's name as a heading: “turn_taking” → “Turn taking”. */
export function familyTitle(family: string): string {
  const words = family.replaceAll("_", " ").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
