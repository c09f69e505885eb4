// One catalogue, a piece of the build for each language: only the one that is read is loaded.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type en from "@/texts/en";
import { localeOf, preferredLanguage, rememberLanguage, type Language } from "@/texts/languages";

const LOADERS: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("@/texts/en"),
  es: () => import("@/texts/es"),
};

/** The catalogue, for words outside components; inside them `useTranslation` renders anew with the language. */
export const texts = i18next.createInstance();

void texts.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes.
  react: { useSuspense: false },
});

/** How numbers and dates are written in the language that is shown. */
export const locale = (): string => localeOf(texts.language);

/** A short word of the server (a unit, a role of CHAT …) in the language shown; undefined when it is not in the catalogue. */
export function wordOf(group: "families" | "measures" | "speakers" | "units", id: string, count?: number) {
  const key = `${group}.${id}` as never;
  return (texts.t(key, { count, defaultValue: "" }) as string) || undefined;
}

/** Show a language: its texts are loaded first; the page says which one it is in. */
export async function showLanguage(language: Language): Promise<void> {
  if (!texts.hasResourceBundle(language, "translation"))
    texts.addResourceBundle(language, "translation", (await LOADERS[language]()).default);
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Show a language and keep to it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  rememberLanguage(language);
}

/** Before the first paint. A language whose texts cannot be loaded leaves English. */
export const startTexts = (): Promise<void> =>
  showLanguage(preferredLanguage()).catch(() => showLanguage("en"));

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}
