import { expect, test } from "vitest";
import { byFamily, familyTitle, isFirm, reasonWords, reliabilityWords, sampleWords } from "@/lib/measures";
import { info, measure } from "@/testing/fixtures";

test("a sample that is too small says how much is needed", () => {
  expect(reliabilityWords(measure({ n: 41, reliability: "rough" }), info())).toBe(
    "Rough: 41 of the 50 utterances it needs",
  );
  expect(reliabilityWords(measure({ n: 12, reliability: "too_few" }), info())).toBe(
    "Too few to rely on: 12 of the 50 utterances it needs",
  );
  expect(reliabilityWords(measure({ n: 90, reliability: "rough" }), info())).toBe("Rough: little material");
});

test("enough material, or no value at all, needs no such word", () => {
  expect(reliabilityWords(measure(), info())).toBeNull();
  expect(reliabilityWords(measure({ value: null, reliability: "too_few" }), info())).toBeNull();
});

test("no value always has a reason; a value has none", () => {
  expect(reasonWords(measure({ value: null, reason: "no time codes" }))).toBe("no time codes");
  expect(reasonWords(measure({ value: null }))).toBe("not computed");
  expect(reasonWords(measure({ value: 0 }))).toBeNull();
});

test("firm is what nothing speaks against", () => {
  expect(
    [null, "ok", "rough", "too_few"].map((reliability) => isFirm(measure({ reliability } as never))),
  ).toEqual([true, true, false, false]);
});

test("samples read well", () => {
  expect(sampleWords(1, "utterances")).toBe("n = 1 utterance");
  expect(sampleWords(1820, "frames")).toBe("n = 1,820 frames");
  expect(sampleWords(null, "words")).toBeNull();
});

test("families keep the order of the registry", () => {
  const groups = byFamily([info(), info({ id: "ttr", family: "vocabulary" }), info({ id: "mlu_morphemes" })]);
  expect(groups.map(([family, items]) => [family, items.map((item) => item.id)])).toEqual([
    ["length", ["mlu_words", "mlu_morphemes"]],
    ["vocabulary", ["ttr"]],
  ]);
  expect(familyTitle("turn_taking")).toBe("Turn taking");
});
