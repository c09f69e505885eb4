import { expect, test } from "vitest";
import type { TracksOut } from "@/api/schema";
import { rangesOf } from "@/features/session/player/draw-tracks";

const tracks = (f0: (number | null)[], level: (number | null)[]): TracksOut => ({
  hop_s: 0.01,
  f0_hz: f0,
  intensity_db: level,
  peaks_hop_s: 0.01,
  peaks: [],
});

test("single slips do not widen the scale", () => {
  const voice = Array.from({ length: 998 }, (_, i) => 200 + (i % 100));
  expect(rangesOf(tracks([40, 590, ...voice], [])).pitch).toEqual({ low: 200, high: 299 });
});

test("unvoiced moments do not count; all unvoiced has no scale", () => {
  expect(rangesOf(tracks([null, 210, null, 220], [])).pitch).toEqual({ low: 210, high: 220 });
  expect(rangesOf(tracks([null, null], [-30])).pitch).toBeNull();
});

test("a level that never changes still has a scale", () => {
  expect(rangesOf(tracks([], [-30, -30])).level).toEqual({ low: -30, high: -29 });
});
