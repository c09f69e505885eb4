import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { LanguageMenu } from "@/app/language-menu";
import { formatAge, formatDate, formatUnit, formatValue } from "@/lib/format";
import { renderPlain } from "@/testing/render";
import { showLanguage, startTexts } from "@/texts";
import { preferredLanguage } from "@/texts/languages";

afterEach(() => {
  localStorage.clear();
});

test("a language is chosen by its own name, shown at once, and kept", async () => {
  renderPlain(<LanguageMenu />);
  await userEvent.click(screen.getByRole("button", { name: "Language" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "Español" }));
  expect(await screen.findByRole("button", { name: "Idioma" })).toBeTruthy();
  await waitFor(() => {
    expect(document.documentElement.lang).toBe("es");
  });
  await showLanguage("en");
  await startTexts();
  expect(document.documentElement.lang).toBe("es");
});

test.each([
  [["es-MX", "en"], "es"],
  [["fr", "es"], "es"],
  [["en-GB", "es"], "en"],
  [["fr"], "en"],
  [[], "en"],
] as const)("a browser that asks for %s gets %s", (wanted, language) => {
  expect(preferredLanguage(wanted)).toBe(language);
});

test("figures, dates and ages are written as the language does", async () => {
  await showLanguage("es");
  expect(formatValue(3.1364, "words/utterance")).toBe("3,14");
  expect(formatUnit("words/utterance")).toBe("palabras / enunciado");
  expect(formatUnit("utterances", 1)).toBe("enunciado");
  expect(formatDate("2026-03-04")).toBe("4 mar 2026");
  expect(formatAge(27.9)).toBe("2 años y 3 meses");
});
