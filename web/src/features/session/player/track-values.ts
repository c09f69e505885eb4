import type { TracksOut } from "@/api/schema";

export interface Heard {
  time_s: number;
  /** Null where there is no voice, or nothing was measured. */
  f0_hz: number | null;
  level_db: number | null;
}

/** What was measured at a moment. */
export function heardAt(tracks: TracksOut | null, time_s: number): Heard {
  const index = tracks ? Math.round(time_s / tracks.hop_s) : -1;
  return {
    time_s,
    f0_hz: tracks?.f0_hz[index] ?? null,
    level_db: tracks?.intensity_db[index] ?? null,
  };
}
