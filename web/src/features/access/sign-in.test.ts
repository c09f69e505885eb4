import { expect, test } from "vitest";
import { tokenOf } from "@/features/access/sign-in";

test.each([
  ["abc-DEF_1", "abc-DEF_1"],
  ["  abc ", "abc"],
  ["http://127.0.0.1:8765/?token=abc-DEF_1", "abc-DEF_1"],
  ["http://127.0.0.1:8765/?lang=en&token=abc#x", "abc"],
])("%s holds the token %s", (pasted, token) => {
  expect(tokenOf(pasted)).toBe(token);
});
