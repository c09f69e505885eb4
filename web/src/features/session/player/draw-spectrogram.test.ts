import { expect, test } from "vitest";
import { piecesIn } from "@/features/session/player/draw-spectrogram";

const shown = { hop_s: 0.01, columns: 5000, band_columns: 2048 };

test("all of it in view is each strip once, edge to edge", () => {
  const pieces = piecesIn(shown, { from_s: 0, to_s: 50, width: 1000 });
  expect(pieces.map(({ strip, from, wide }) => [strip, from, wide])).toEqual([
    [0, 0, 2048],
    [1, 0, 2048],
    [2, 0, 904],
  ]);
  expect(pieces.map(({ x }) => Math.round(x * 10) / 10)).toEqual([0, 409.6, 819.2]);
  expect(pieces.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1000);
});

test("nearer, only what is in view is drawn, where its time is", () => {
  const [first, second, ...more] = piecesIn(shown, { from_s: 20, to_s: 21, width: 500 });
  expect(more).toEqual([]);
  expect(first).toMatchObject({ strip: 0, from: 2000, wide: 48 });
  expect(second).toMatchObject({ strip: 1, from: 0, wide: 52 });
  expect(first?.x).toBeCloseTo(0);
  expect(second?.x).toBeCloseTo(240);
});

test("beyond the sound there is nothing", () => {
  const pieces = piecesIn(shown, { from_s: 49.9, to_s: 51, width: 110 });
  expect(pieces.map(({ wide }) => wide)).toEqual([10]);
});
