import { useTranslation } from "react-i18next";
import type { DoubtfulLineOut, ReasonOut } from "@/api/schema";
import { texts } from "@/texts";

/** Why a line deserves a look, in a sentence; what CHECK says stays in the server's words. */
export function reasonWords(reason: ReasonOut): string {
  if (reason.code === "check") return reason.text;
  return texts.t(`review.reasons.${reason.code}`, {
    count: reason.words.length,
    words: reason.words.map((word) => texts.t("review.quoted", { word })).join(", "),
    percent: Math.round((reason.value ?? 0) * 100),
    seconds: reason.value ?? 0,
  });
}

/** All reasons of a line, the weightiest first. */
export function Reasons({ line }: { line: DoubtfulLineOut }) {
  useTranslation(); // renders anew with the language
  return (
    <>
      {line.reasons.map((reason, i) => (
        <span key={i} lang={reason.code === "check" ? "en" : undefined}>
          {reasonWords(reason)}{" "}
        </span>
      ))}
    </>
  );
}
