import { useCallback, useEffect, useState } from "react";
import type WaveSurfer from "wavesurfer.js";
import { useLength } from "@/features/session/player/use-player-state";

/** As near as it goes: a syllable of 0.2 s is as wide as a thumb. */
const NEAREST_PX_PER_S = 200;
const BY_KEY: Readonly<Record<string, number>> = { "+": 0.5, "=": 0.5, "-": -0.5, "0": -Infinity };
const TYPING =
  "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable], [role='dialog'], [role='listbox']";

export interface Zooming {
  /** Doublings since the whole recording was in view. */
  steps: number;
  most: number;
  /** Come nearer by some doublings, or go back with fewer than none; what lies `at` so many pixels stays there. */
  by: (steps: number, at?: number) => void;
}

const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));

/** Doublings from the whole in view to as near as it goes, at least five. */
export function mostSteps(width: number, duration_s: number): number {
  if (width <= 0 || duration_s <= 0) return 5;
  return Math.max(5, Math.ceil(Math.log2((NEAREST_PX_PER_S * duration_s) / width)));
}

/** Where the waveform has to stand so that the time at a pixel stays at that pixel. */
export function scrollAfter(scroll: number, at: number, factor: number): number {
  return Math.max(0, (scroll + at) * factor - at);
}

/** The pixel that stays: the playhead's where it is in view, else the middle. */
function middleOf(player: WaveSurfer): number {
  const perS = player.getWrapper().scrollWidth / player.getDuration();
  const head = player.getCurrentTime() * perS - player.getScroll();
  return head >= 0 && head <= player.getWidth() ? head : player.getWidth() / 2;
}

function apply(player: WaveSurfer, steps: number, at = middleOf(player)) {
  const [scroll, before] = [player.getScroll(), player.getWrapper().scrollWidth];
  player.zoom(steps === 0 ? 0 : (player.getWidth() / player.getDuration()) * 2 ** steps);
  player.setScroll(scrollAfter(scroll, at, player.getWrapper().scrollWidth / before));
}

/** How near the waveform is, by buttons, by the keys + − 0. */
export function useZoom(player: WaveSurfer | null): Zooming {
  const length = useLength(player);
  const [steps, setSteps] = useState(0);
  const most = mostSteps(player?.getWidth() ?? 0, length);
  const by = useCallback(
    (more: number, at?: number) => {
      if (!player || player.getDuration() <= 0) return;
      const now = between(0, steps + more, most);
      if (now === steps) return;
      setSteps(now);
      apply(player, now, at);
    },
    [player, steps, most],
  );
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const more = BY_KEY[event.key];
      const typing = event.target instanceof Element && event.target.closest(TYPING) !== null;
      if (more === undefined || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      by(more);
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
    };
  }, [by]);
  return { steps, most, by };
}
