import { expect, test } from "vitest";
import { draftsOf, kindOf, suggestPairs, type Dropped } from "@/features/uploads/drafts";

const drop = (...names: string[]): Dropped[] =>
  names.map((name) => ({ id: name, file: new File(["x"], name), kind: kindOf(name) ?? "media" }));

const grouped = (files: Dropped[], pairs = suggestPairs(files, {})) =>
  draftsOf(files, pairs).map((draft) => draft.files.map((item) => item.file.name));

test.each([
  ["a.cha", "transcript"],
  ["a.b.JSON", "transcript"],
  ["a.TextGrid", "transcript"],
  ["a.eaf", "transcript"],
  ["a.srt", "transcript"],
  ["a.vtt", "transcript"],
  ["a.MP3", "media"],
  ["a.webm", "media"],
  ["a.docx", null],
  ["noending", null],
  ["cha", null],
])("%s is %s", (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

test("a lone transcript and a lone recording belong together", () => {
  expect(grouped(drop("visit.cha", "REC0007.wav"))).toEqual([["visit.cha", "REC0007.wav"]]);
});

test("several are paired by name, the rest stay alone", () => {
  expect(grouped(drop("w1.cha", "w2.cha", "W2.mp3", "x.mp3"))).toEqual([
    ["w1.cha"],
    ["w2.cha", "W2.mp3"],
    ["x.mp3"],
  ]);
});

test("a recording goes to one transcript only", () => {
  expect(grouped(drop("w1.cha", "w1.json", "w1.wav"))).toEqual([["w1.cha", "w1.wav"], ["w1.json"]]);
});

test("what the person chose stays chosen when more files come", () => {
  const files = drop("w1.cha", "w1.wav");
  const chosen = { "w1.cha": null };
  expect(grouped(files, suggestPairs(files, chosen))).toEqual([["w1.cha"], ["w1.wav"]]);
});
