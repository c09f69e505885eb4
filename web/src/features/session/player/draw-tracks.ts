import type { TracksOut } from "@/api/schema";
import { penOf, token } from "@/features/session/player/canvas";
import type { View } from "@/features/session/player/use-drawn-view";
import { texts } from "@/texts";

const PITCH_HEIGHT = 84;
const LEVEL_HEIGHT = 44;
const GAP = 8;
const LABEL_ROOM_PX = 16;
export const TRACKS_HEIGHT = PITCH_HEIGHT + GAP + LEVEL_HEIGHT;

interface Range {
  low: number;
  high: number;
}

export interface TrackRanges {
  pitch: Range | null;
  level: Range | null;
}

function rangeOf(values: readonly (number | null)[], trim: number): Range | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [low, high] = [
    known[Math.floor(trim * known.length)],
    known[Math.ceil((1 - trim) * known.length) - 1],
  ];
  return low === undefined || high === undefined ? null : { low, high: high > low ? high : low + 1 };
}

/** The middle 99 % of pitch and 98 % of level, so that single slips do not flatten the rest. */
export function rangesOf(tracks: TracksOut): TrackRanges {
  return { pitch: rangeOf(tracks.f0_hz, 0.005), level: rangeOf(tracks.intensity_db, 0.01) };
}

/** Draw the stretch of time that is in view; unvoiced moments stay empty. */
export function drawTracks(canvas: HTMLCanvasElement, tracks: TracksOut, ranges: TrackRanges, view: View) {
  const pen = penOf(canvas, view.width, TRACKS_HEIGHT);
  if (!pen || !(view.to_s > view.from_s)) return;
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  drawPitch(pen, tracks, ranges.pitch, view);
  drawLevel(pen, tracks, ranges.level, view);
}

/** Indexes in view and where they stand; of a long recording, about four in a pixel. */
function* inView(tracks: TracksOut, view: View): Generator<[number, number]> {
  const perPx = (view.to_s - view.from_s) / view.width;
  const first = Math.max(0, Math.floor(view.from_s / tracks.hop_s));
  const last = Math.ceil(view.to_s / tracks.hop_s);
  const stride = Math.max(1, Math.floor(perPx / tracks.hop_s / 4));
  for (let i = first; i <= last; i += stride) yield [i, (i * tracks.hop_s - view.from_s) / perPx];
}

function drawPitch(pen: CanvasRenderingContext2D, tracks: TracksOut, range: Range | null, view: View) {
  if (!range) {
    label(pen, texts.t("player.pitchNone"), 12);
    return;
  }
  // Semitones, not hertz, are how pitch is heard: the scale is logarithmic.
  const [low, high] = [Math.log(range.low * 0.94), Math.log(range.high * 1.06)];
  const y = (hz: number) => PITCH_HEIGHT - 2 - ((Math.log(hz) - low) / (high - low)) * (PITCH_HEIGHT - 4);
  const grid = apart(
    [75, 100, 150, 200, 300, 400, 600, 800].filter((hz) => hz >= range.low && hz <= range.high),
    y,
  );
  for (const hz of grid) gridLine(pen, y(hz), view.width);
  pen.fillStyle = token("--accent");
  for (const [i, x] of inView(tracks, view)) {
    const hz = tracks.f0_hz[i];
    if (hz && hz >= range.low * 0.94 && hz <= range.high * 1.06) pen.fillRect(x - 1, y(hz) - 1, 2, 2);
  }
  for (const hz of grid) label(pen, String(hz), y(hz) + 4, view.width - 26);
  label(pen, texts.t("player.pitchAxis"), 12);
}

/** Of the values, highest first, those whose labels do not touch. */
function apart(values: readonly number[], y: (value: number) => number): number[] {
  const kept: number[] = [];
  for (const value of values.toReversed()) {
    const above = kept.at(-1);
    if (above === undefined || y(value) - y(above) >= LABEL_ROOM_PX) kept.push(value);
  }
  return kept;
}

function drawLevel(pen: CanvasRenderingContext2D, tracks: TracksOut, range: Range | null, view: View) {
  const top = PITCH_HEIGHT + GAP;
  if (range) {
    const y = (db: number) =>
      top + LEVEL_HEIGHT - ((db - range.low) / (range.high - range.low)) * (LEVEL_HEIGHT - 4);
    pen.strokeStyle = token("--speaker-adult");
    pen.lineWidth = 1.2;
    pen.beginPath();
    let open = false;
    for (const [i, x] of inView(tracks, view)) {
      const db = tracks.intensity_db[i];
      if (db === null || db === undefined) open = false;
      else {
        const at = Math.max(top, Math.min(top + LEVEL_HEIGHT, y(db)));
        if (open) pen.lineTo(x, at);
        else pen.moveTo(x, at);
        open = true;
      }
    }
    pen.stroke();
  }
  label(pen, texts.t("player.levelAxis"), top + 10);
}

function label(pen: CanvasRenderingContext2D, text: string, y: number, x = 2) {
  pen.fillStyle = token("--surface");
  pen.globalAlpha = 0.8;
  pen.fillRect(x - 2, y - 11, pen.measureText(text).width + 6, 15);
  pen.globalAlpha = 1;
  pen.fillStyle = token("--ink-2");
  pen.fillText(text, x, y);
}

function gridLine(pen: CanvasRenderingContext2D, y: number, width: number) {
  pen.strokeStyle = token("--line");
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(0, Math.round(y) + 0.5);
  pen.lineTo(width, Math.round(y) + 0.5);
  pen.stroke();
}
