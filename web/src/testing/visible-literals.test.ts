import { expect, test } from "vitest";
import { visibleLiterals } from "@/testing/visible-literals";

const found = (code: string) => visibleLiterals("a.tsx", code).map((one) => one.replace(/^a\.tsx:\d+: /, ""));

test.each([
  ["<p>Hello</p>", "Hello"],
  ["<p>{n} lines</p>", "lines"],
  ['<p>{isGirl ? "girl" : null}</p>', "girl"],
  ['<input aria-label="name" />', "name"],
  ["<input title={`Week ${n}`} />", "Week "],
  ["const words = `born ${date}`;", "born "],
  ['const KINDS = { a: "Seen here" };', "Seen here"],
  ['const facts = [n > 0 && "Nothing"];', "Nothing"],
])("%s: words are found", (code, words) => {
  expect(found(code)).toEqual([words]);
});

test.each([
  '<p>{t("a.title")}</p>',
  '<p className={some ? "stack wide" : "row wide"}>{n}</p>',
  "<code>sdc serve</code>",
  "<p>·</p>",
  'import { A } from "A b";',
  'const a: "To do" = b;',
  'if (step === "loading the model") stop();',
  'const STEPS = { "loading the model": 1 };',
  'throw new TypeError("A fault of the program.");',
  'document.querySelector("main section");',
])("%s: nothing to be read", (code) => {
  expect(found(code)).toEqual([]);
});
