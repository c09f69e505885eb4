import { useTranslation } from "react-i18next";
import type { PurposeOut } from "@/api/schema";

/** What a purpose means, and in which language: `lang` is only there where it is not the reader's. */
export interface ConsentWords {
  title: string;
  text: string;
  lang?: "en";
}

/**
 * Say a purpose in the reader's language: the catalogue holds the newest wording of each, which is the server's in
 * English. A wording that it does not hold stays as the server tells it.
 */
export function useConsentWords(): (purpose: PurposeOut) => ConsentWords {
  const { t, i18n } = useTranslation();
  return (purpose) => {
    const key = `consents.wordings.${purpose.purpose}_v${String(purpose.wording)}`;
    if (!i18n.exists(`${key}.title`)) return { title: purpose.title, text: purpose.text, lang: "en" };
    return { title: t(`${key}.title` as never), text: t(`${key}.text` as never) };
  };
}
