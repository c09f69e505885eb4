import { expect, test } from "vitest";
import { meansTheSame } from "@/features/session/edit/wishes";
import { session, utterance } from "@/testing/fixtures";

const at = (start_ms: number) => session({ utterances: [utterance({ raw: "a .", start_ms, end_ms: 2000 })] });

test("times that somebody else has changed are not set over theirs", () => {
  const wish = { what: "times", index: 0, start_ms: 500, end_ms: 2000 } as const;
  expect(meansTheSame(wish, at(0), at(0))).toBe(true);
  expect(meansTheSame(wish, at(0), at(100))).toBe(false);
  expect(meansTheSame({ what: "merged", index: 0 }, at(0), at(100))).toBe(false); // there is no next line
});
