import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Sha256 } from "@/lib/sha256";

const data = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) % 251);
const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("the standard's own examples", () => {
  const text = (words: string) => new Sha256().update(new TextEncoder().encode(words)).hex();
  expect(text("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(text("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("any length, in pieces of any size", () => {
  for (const length of [1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 5000])
    for (const piece of [1, 7, 64, 100, 5000]) {
      const sum = new Sha256();
      for (let at = 0; at < length; at += piece) sum.update(data.subarray(at, Math.min(length, at + piece)));
      expect(sum.hex()).toBe(hex(data.subarray(0, length)));
    }
});
