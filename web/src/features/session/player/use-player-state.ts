import { useCallback, useSyncExternalStore } from "react";
import type WaveSurfer from "wavesurfer.js";

const EVENTS = ["play", "pause", "finish", "timeupdate", "ready"] as const;

function useOf<T>(player: WaveSurfer | null, read: (player: WaveSurfer) => T, none: T): T {
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = player ? EVENTS.map((event) => player.on(event, changed)) : [];
      return () => {
        stops.forEach((stop) => {
          stop();
        });
      };
    },
    [player],
  );
  return useSyncExternalStore(subscribe, () => (player ? read(player) : none));
}

export const useIsPlaying = (player: WaveSurfer | null) => useOf(player, (it) => it.isPlaying(), false);

/** Whole seconds, so that a clock is drawn once a second. */
export const useSecond = (player: WaveSurfer | null) =>
  useOf(player, (it) => Math.floor(it.getCurrentTime()), 0);

export const useLength = (player: WaveSurfer | null) => useOf(player, (it) => it.getDuration(), 0);

/** Tenths of a second, for what is told about the moment that is heard. */
export const useTenth = (player: WaveSurfer | null) =>
  useOf(player, (it) => Math.round(it.getCurrentTime() * 10) / 10, 0);
