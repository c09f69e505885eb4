export interface Level {
  /** Root mean square, decibels below full scale. */
  rms_db: number;
  /** Largest magnitude, 0 to 1. */
  peak: number;
}

export const FLOOR_DB = -60;
/** A voice at arm's length stays above this; below, pitch and voice quality cannot be measured well. */
const QUIET_DB = -50;
/** At full scale the tops of the waveform are cut off. */
const FULL = 0.99;

export function levelOf(samples: Float32Array): Level {
  let [sum, peak] = [0, 0];
  for (const sample of samples) {
    sum += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return { rms_db: 20 * Math.log10(Math.max(rms, 1e-6)), peak };
}

/** What to say about the last seconds: too loud, nothing loud enough, or nothing. */
export function adviceOn(levels: readonly Level[]): "loud" | "quiet" | null {
  if (levels.some(({ peak }) => peak >= FULL)) return "loud";
  return levels.every(({ rms_db }) => rms_db < QUIET_DB) ? "quiet" : null;
}
