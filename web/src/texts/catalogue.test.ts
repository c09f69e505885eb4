import ts from "typescript";
import { expect, test } from "vitest";
import { visibleLiterals } from "@/testing/visible-literals";
import en from "@/texts/en";
import es from "@/texts/es";

type Group = { [key: string]: string | Group };

const flat = (group: Group, above = ""): [string, string][] =>
  Object.entries(group).flatMap(([key, text]) =>
    typeof text === "string" ? [[above + key, text]] : flat(text, `${above}${key}.`),
  );

const ENGLISH = new Map(flat(en));
/** The server has the measures' titles in English (tests/house holds that a language has all of them). */
const OTHERS = { es: new Map(flat(es).filter(([key]) => !key.startsWith("measures."))) };

const FILES = import.meta.glob<string>("/src/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});
const SOURCES = Object.entries(FILES).filter(([path]) => !/\.test\.|\/testing\/|schema\.d\.ts$/.test(path));

/** What a text takes in: its values with their formats, and its markup. */
const slotsOf = (text: string): string[] => [...new Set(text.match(/\{\{.*?\}\}|<\/?\w+\/?>/g))].sort();

test.each(Object.entries(OTHERS))("%s has every text of English, and no other", (_, texts) => {
  expect({ lacks: [...ENGLISH.keys()].filter((key) => !texts.has(key)) }).toEqual({ lacks: [] });
  expect({ has: [...texts.keys()].filter((key) => !ENGLISH.has(key)) }).toEqual({ has: [] });
  expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
});

test.each(Object.entries(OTHERS))("%s takes in what English takes in", (_, texts) => {
  for (const [key, text] of texts)
    // One may be written as a word: “a line”.
    if (!key.endsWith("_one"))
      expect([key, ...slotsOf(text)]).toEqual([key, ...slotsOf(ENGLISH.get(key) ?? "")]);
});

test("a count has both forms, and is counted", () => {
  for (const key of ENGLISH.keys())
    if (/_(one|other)$/.test(key)) {
      const base = key.replace(/_(one|other)$/, "");
      expect([...ENGLISH.keys()]).toEqual(expect.arrayContaining([`${base}_one`, `${base}_other`]));
    }
});

/** Keys that the sources name, and beginnings of those that they put together. */
function namedKeys() {
  const [whole, begun] = [new Set<string>(), new Set<string>()];
  for (const [path, code] of SOURCES) {
    const visit = (node: ts.Node) => {
      if (ts.isStringLiteralLike(node)) whole.add(node.text);
      if (ts.isTemplateHead(node) && node.text.includes(".")) begun.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true));
  }
  return { whole, begun: [...begun] };
}

/** Looked up by what the server sends (texts/index.ts, wordOf). */
const BY_WORD = ["families.", "speakers.", "units."];

test("every text is used", () => {
  const { whole, begun } = namedKeys();
  const isUsed = (key: string) =>
    whole.has(key) ||
    whole.has(key.replace(/_(one|other)$/, "")) ||
    begun.some((part) => key.startsWith(part));
  const unused = [...ENGLISH.keys()].filter(
    (key) => !BY_WORD.some((group) => key.startsWith(group)) && !isUsed(key),
  );
  expect(unused).toEqual([]);
});

/** Names of fonts and of languages, and CHAT's roles as lists. */
const NOT_TEXTS = ["/src/app/theme.ts", "/src/texts/languages.ts", "/src/lib/speakers.ts"];
/** Words that are looked up in the catalogue: CHAT's roles and the names of keys. */
const LOOKED_UP = new Set([...Object.keys(en.speakers), ...Object.keys(en.session.key_names)]);
/** Symbols of units, fonts of drawings, addresses in the page, endings of files. */
const NOT_WORDS = /^(k?Hz|s|\d+px.*|.*\[.*|wav mp3 .*)$/;

const isText = (found: string): boolean => {
  const words = found.replace(/^.*?:\d+: /, "").trim();
  return !LOOKED_UP.has(words) && !NOT_WORDS.test(words) && !NOT_TEXTS.some((path) => found.startsWith(path));
};

test("no words stand in the sources instead of in the catalogue", () => {
  const found = SOURCES.flatMap(([path, code]) => visibleLiterals(path, code));
  expect(found.filter(isText)).toEqual([]);
});
