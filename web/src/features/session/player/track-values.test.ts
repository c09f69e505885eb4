import { expect, test } from "vitest";
import { heardAt } from "@/features/session/player/track-values";

const tracks = {
  hop_s: 0.5,
  f0_hz: [null, 210, 220],
  intensity_db: [-40, -20, null],
  peaks_hop_s: 0.5,
  peaks: [],
};

test.each([
  [0.1, null, -40],
  [0.6, 210, -20],
  [1.1, 220, null],
  [9, null, null],
])("at %s s it is %s Hz and %s dB", (time, f0, level) => {
  expect(heardAt(tracks, time)).toEqual({ time_s: time, f0_hz: f0, level_db: level });
});

test("without tracks there is a time and no value", () => {
  expect(heardAt(null, 3)).toEqual({ time_s: 3, f0_hz: null, level_db: null });
});
