/** The dashboard's languages, each by its own name. */
export const LANGUAGES = { en: "English", es: "Español" } as const;

export type Language = keyof typeof LANGUAGES;

/** How numbers and dates are written: English ones as 4 Mar 2026, as in the reports. */
const LOCALES: Record<Language, string> = { en: "en-GB", es: "es" };

export const localeOf = (language: string): string => LOCALES[toLanguage(language) ?? "en"];

const toLanguage = (tag: string | null | undefined): Language | undefined => {
  const base = tag?.toLowerCase().split("-")[0] ?? "";
  return base in LANGUAGES ? (base as Language) : undefined;
};

const KEY = "sdc-language";

/** The language chosen here before; else the first of the browser's that there is; else English. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  const known = [rememberedLanguage(), ...wanted].flatMap((tag) => toLanguage(tag) ?? []);
  return known[0] ?? "en";
}

function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // No storage (private mode): the browser's choice holds.
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // No storage: the choice holds until the page is loaded again.
  }
}
