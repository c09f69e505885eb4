import { locale, texts, wordOf } from "@/texts";

// Figures, dates and times as people read them. Null never becomes a number.

export const NONE = "—";

// What is measured on a scale; every other unit without a “/” counts things.
const SCALES = new Set(["", "%", "ratio", "s", "ms", "Hz", "dB", "st", "semitones"]);

const isCount = (unit: string): boolean => !SCALES.has(unit) && !unit.includes("/");

/** Decimals fit the size of the value; counts have none. */
export function formatValue(value: number | null | undefined, unit = ""): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  if (isCount(unit) && Number.isInteger(value)) return value.toLocaleString(locale());
  const size = Math.abs(value);
  const digits = unit === "%" ? 1 : size >= 100 ? 0 : size >= 20 ? 1 : 2;
  return value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The unit as it stands after a value: none for plain counts and ratios. */
export function formatUnit(unit: string, value?: number | null): string {
  if (unit === "ratio" || unit === "count" || unit === "") return "";
  // Where a unit stands alone it is told of many.
  return wordOf("units", unit, value ?? 0) ?? unit.replace("/", " / ");
}

export const formatNumber = (n: number): string => n.toLocaleString(locale());

const DAY = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;

/** An ISO date as 4 Mar 2026; null as “no date”. */
export function formatDate(iso: string | null | undefined): string {
  const time = iso ? Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? texts.t("common.no_date") : new Date(time).toLocaleDateString(locale(), DAY);
}

/** An age in months as 2 years 3 months. */
export function formatAge(months: number | null | undefined): string {
  if (months === null || months === undefined) return NONE;
  const whole = Math.floor(months + 1e-9);
  const [years, rest] = [Math.floor(whole / 12), whole % 12];
  const inYears = texts.t("common.years", { count: years });
  const inMonths = texts.t("common.months", { count: rest });
  if (years === 0) return inMonths;
  return rest === 0 ? inYears : texts.t("common.years_and_months", { years: inYears, months: inMonths });
}

/** A moment in a recording as 1:04. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return NONE;
  const whole = Math.round(seconds);
  if (whole < 60) return texts.t("common.seconds", { seconds: whole });
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (rest === 0) return texts.t("common.minutes", { minutes });
  return texts.t("common.minutes_and_seconds", { minutes, seconds: rest });
}

export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** step;
  return `${value.toLocaleString(locale(), { maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 })} ${units[step]}`;
}
