import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useState } from "react";
import WaveSurfer from "wavesurfer.js";
import TimelinePlugin from "wavesurfer.js/plugins/timeline";
import type { TracksOut } from "@/api/schema";
import { token } from "@/features/session/player/canvas";
import { WAVE_HEIGHT } from "@/features/session/player/speaker-bands";
import { formatClock } from "@/lib/format";

interface Source {
  url: string;
  tracks: TracksOut | null;
  duration_s: number | null;
  /** The element that plays: a video's own, or none for sound alone. */
  video: HTMLVideoElement | null;
  isVideo: boolean;
}

/** Pixels that the words of a moment on the time line take: an hour's need the most. */
const MOMENT_PX = 48;

/** What stands at a moment of the time line; nothing where the recording ends before the words do. */
function momentWords(player: WaveSurfer, time_s: number): string {
  const perSecond = player.getWrapper().scrollWidth / player.getDuration();
  return (player.getDuration() - time_s) * perSecond < MOMENT_PX ? "" : formatClock(time_s);
}

const colours = () => ({
  waveColor: token("--line-strong"),
  progressColor: token("--accent"),
  cursorColor: token("--ink"),
});

function create(
  container: HTMLElement,
  { url, tracks, duration_s, video }: Omit<Source, "isVideo">,
): WaveSurfer {
  const made: WaveSurfer = WaveSurfer.create({
    container,
    url,
    media: video ?? undefined,
    // With the server's envelope it draws at once, and nothing is decoded here.
    peaks: tracks ? [tracks.peaks] : undefined,
    duration: tracks ? (duration_s ?? tracks.peaks.length * tracks.peaks_hop_s) : undefined,
    height: WAVE_HEIGHT,
    barWidth: 2,
    barGap: 1,
    barRadius: 2,
    cursorWidth: 2,
    normalize: true,
    dragToSeek: true,
    autoCenter: false,
    plugins: [
      TimelinePlugin.create({
        formatTimeCallback: (time_s) => momentWords(made, time_s),
        height: 18,
        secondaryLabelOpacity: 1,
        style: { fontSize: "11px", color: "var(--ink-2)" },
      }),
    ],
    ...colours(),
  });
  return made;
}

/** The player of a recording, bound to the element it draws in. */
export function useWaveSurfer(container: HTMLElement | null, source: Source) {
  const { url, tracks, duration_s, video, isVideo } = source;
  const [player, setPlayer] = useState<WaveSurfer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    if (!container || (isVideo && !video)) return;
    const made = create(container, { url, tracks, duration_s, video });
    made.on("init", () => {
      setPlayer(made);
    });
    made.on("ready", () => {
      setFailure(null);
    });
    made.on("error", (error) => {
      setFailure(error.message);
    });
    return () => {
      setPlayer(null);
      made.destroy();
    };
  }, [container, url, tracks, duration_s, video, isVideo]);

  useEffect(() => {
    player?.setOptions(colours());
  }, [player, scheme]);

  return { player, failure };
}
