import { penOf, token } from "@/features/session/player/canvas";
import type { Strips } from "@/features/session/player/get-spectrogram";
import type { View } from "@/features/session/player/use-drawn-view";

export const SPECTROGRAM_HEIGHT = 128;
const KHZ = [2, 4, 6];

export interface Piece {
  strip: number;
  /** Columns of the strip. */
  from: number;
  wide: number;
  /** Where it stands, in pixels. */
  x: number;
  width: number;
}

/** Which columns of which strips are in view, and where they stand. */
export function piecesIn(of: Pick<Strips, "hop_s" | "columns" | "band_columns">, view: View): Piece[] {
  const perColumn = (of.hop_s * view.width) / (view.to_s - view.from_s);
  const first = Math.max(0, Math.floor(view.from_s / of.hop_s));
  const last = Math.min(of.columns, Math.ceil(view.to_s / of.hop_s));
  const pieces: Piece[] = [];
  for (let column = first; column < last;) {
    const strip = Math.floor(column / of.band_columns);
    const end = Math.min(last, (strip + 1) * of.band_columns);
    pieces.push({
      strip,
      from: column - strip * of.band_columns,
      wide: end - column,
      x: column * perColumn - (view.from_s / of.hop_s) * perColumn,
      width: (end - column) * perColumn,
    });
    column = end;
  }
  return pieces;
}

/** Draw what is in view in the colour of ink: the picture holds opacity alone. */
export function drawSpectrogram(canvas: HTMLCanvasElement, shown: Strips, view: View) {
  const pen = penOf(canvas, view.width, SPECTROGRAM_HEIGHT);
  if (!pen || !(view.to_s > view.from_s)) return;
  pen.imageSmoothingQuality = "medium"; // the mean of many columns rather than one of them
  for (const { strip, from, wide, x, width } of piecesIn(shown, view)) {
    const image = shown.strips[strip];
    if (image) pen.drawImage(image, from, 0, wide, shown.band_rows, x, 0, width, SPECTROGRAM_HEIGHT);
  }
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = token("--ink");
  pen.fillRect(0, 0, view.width, SPECTROGRAM_HEIGHT);
  pen.globalCompositeOperation = "source-over";
  drawScale(pen, shown.high_hz, view.width);
}

function drawScale(pen: CanvasRenderingContext2D, high_hz: number, width: number) {
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  for (const khz of KHZ) {
    const y = SPECTROGRAM_HEIGHT * (1 - (khz * 1000) / high_hz);
    const text = `${khz} kHz`;
    const room = pen.measureText(text).width + 6;
    pen.fillStyle = token("--surface");
    pen.globalAlpha = 0.8;
    pen.fillRect(width - room - 2, y - 8, room + 2, 15);
    pen.globalAlpha = 1;
    pen.fillStyle = token("--ink-2");
    pen.fillText(text, width - room, y + 4);
  }
}
