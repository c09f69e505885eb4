import { expect, test } from "vitest";
import { changedMeasures } from "@/features/session/edit/changed-measures";
import { plainOf } from "@/features/session/edit/plain-text";
import { meansTheSame } from "@/features/session/edit/wishes";
import { wordDifference } from "@/features/session/edit/word-difference";
import { measure, session, utterance } from "@/testing/fixtures";

test.each([
  ["<the do> [//] the dog runned [: ran] .", "the do the dog runned → ran."],
  ["&-um a &+d dog (.) xxx !", "um a d dog … unclear!"],
  ["(be)cause he said &=laughs yes +...", "because he said (laughs) yes …"],
  ["+< mhm [+ exc] ?", "mhm?"],
  ["gumball@c , ice_cream .", "gumball, ice cream."],
])("%s", (chat, plain) => {
  expect(plainOf(chat, "unclear")).toBe(plain);
});

test("a difference tells word by word what went and what came", () => {
  expect(wordDifference("the dog run .", "the big dog ran .")).toEqual([
    { kind: "same", text: "the" },
    { kind: "came", text: "big" },
    { kind: "same", text: "dog" },
    { kind: "gone", text: "run" },
    { kind: "came", text: "ran" },
    { kind: "same", text: "." },
  ]);
  expect(wordDifference("", "a .")).toEqual([{ kind: "came", text: "a ." }]);
  expect(wordDifference("a .", "")).toEqual([{ kind: "gone", text: "a ." }]);
});

test("measures that read otherwise than before, the known ones first", () => {
  const of = (...measures: ReturnType<typeof measure>[]) =>
    session({
      speakers: {
        CHI: {
          code: "CHI",
          role: "Target_Child",
          measures: Object.fromEntries(measures.map((found) => [found.id, found])),
        },
      },
    });
  const before = of(
    measure({ value: 2.5 }),
    measure({ id: "ttr", value: 0.4 }),
    measure({ id: "turns", value: null }),
  );
  const after = of(
    measure({ value: 3.1 }),
    measure({ id: "ttr", value: 0.40001 }),
    measure({ id: "turns", value: 4 }),
  );
  expect(
    changedMeasures(before, after, "CHI").map(({ id, ...rest }) => [id, rest.before, rest.after]),
  ).toEqual([
    ["mlu_words", 2.5, 3.1],
    ["turns", null, 4],
  ]);
  expect(changedMeasures(before, after, null)).toEqual([]);
});

test("an edit means the same while nobody has touched its lines", () => {
  const lines = (...texts: string[]) => ({
    utterances: texts.map((raw, index) => utterance({ index, raw })),
  });
  const seen = lines("a .", "b .", "c .");
  expect(meansTheSame({ what: "split", index: 1, at: 0 }, seen, lines("x .", "b .", "c ."))).toBe(true);
  expect(meansTheSame({ what: "split", index: 1, at: 0 }, seen, lines("a .", "x .", "c ."))).toBe(false);
  expect(meansTheSame({ what: "merged", index: 1 }, seen, lines("a .", "b .", "x ."))).toBe(false);
  expect(meansTheSame({ what: "merged", index: 2 }, seen, seen)).toBe(false);
  expect(meansTheSame({ what: "undone" }, seen, seen)).toBe(false);
  const written = { what: "line", index: 1, text: "y .", base: "b ." } as const;
  expect(meansTheSame(written, seen, lines("x .", "b .", "c ."))).toBe(true);
  expect(meansTheSame({ ...written, base: "older ." }, seen, seen)).toBe(false);
});
