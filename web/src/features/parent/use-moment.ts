import { useEffect, useRef, useState } from "react";

const LEAD_S = 0.1;

/** Plays one stretch of a recording, and nothing of what stands around it. */
export function useMoment(url: string | null, start_ms: number, end_ms: number) {
  const sound = useRef<HTMLAudioElement | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  useEffect(
    () => () => {
      sound.current?.pause();
      sound.current = null;
    },
    [url, start_ms, end_ms],
  );
  const stop = () => {
    sound.current?.pause();
    setPlaying(false);
  };
  const play = async () => {
    if (!url) return;
    const audio = (sound.current ??= watched(url, end_ms / 1000 + LEAD_S, stop));
    setFailed(false);
    setPlaying(true);
    try {
      audio.currentTime = Math.max(0, start_ms / 1000 - LEAD_S);
      await audio.play();
    } catch {
      setPlaying(false);
      setFailed(true);
    }
  };
  return {
    isPlaying,
    hasFailed,
    toggle: () => {
      if (isPlaying) stop();
      else void play();
    },
  };
}

/** An audio element that tells when it has passed the end, or broke off. */
function watched(url: string, end_s: number, onEnd: () => void): HTMLAudioElement {
  const audio = new Audio(url);
  audio.preload = "auto";
  audio.addEventListener("timeupdate", () => {
    if (audio.currentTime >= end_s) onEnd();
  });
  audio.addEventListener("ended", onEnd);
  return audio;
}
