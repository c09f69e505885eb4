import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import type WaveSurfer from "wavesurfer.js";
import { loopStep, useLoop } from "@/features/session/player/use-loop";

const line = { index: 3, start_s: 2, end_s: 3 };

test.each([
  [2.5, false, "stay"],
  [3, false, "again"],
  [3.2, false, "again"],
  [2, true, "stay"],
  [1.97, true, "stay"],
  [1, true, "leave"],
  [9, true, "leave"],
] as const)("at %s s (moved there: %s) the loop says %s", (time, seeking, said) => {
  expect(loopStep(line, time, seeking)).toBe(said);
});

/** A player without sound: it stands where it is told to and emits what wavesurfer does. */
class FakePlayer {
  time = 0;
  plays = 0;
  seeking = false;
  private listeners = new Map<string, Set<(time: number) => void>>();
  on = (event: string, listener: (time: number) => void) => {
    const those = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, those.add(listener));
    return () => those.delete(listener);
  };
  emit = (event: string) => {
    [...(this.listeners.get(event) ?? [])].forEach((listener) => {
      listener(this.time);
    });
  };
  setTime = (time: number) => {
    this.time = time;
    this.seeking = true;
    this.emit("timeupdate");
    this.seeking = false;
  };
  hear = (time: number) => {
    this.time = time;
    this.emit("timeupdate");
  };
  play = () => {
    this.plays += 1;
    return Promise.resolve();
  };
  isPlaying = () => this.plays > 0;
  isSeeking = () => this.seeking;
}

function looping() {
  const player = new FakePlayer();
  const lines = [line, { index: 4, start_s: 5, end_s: 6 }];
  const hook = renderHook(() => useLoop(player as unknown as WaveSurfer, lines));
  return { player, hook, lines };
}

test("a looped line begins at once, and anew at its end and at the recording's", () => {
  const { player, hook } = looping();
  act(() => {
    hook.result.current.loop(3);
  });
  expect([hook.result.current.looped, player.time, player.plays]).toEqual([3, 2, 1]);
  act(() => {
    player.hear(3.01);
  });
  expect([player.time, player.plays]).toEqual([2, 2]);
  player.time = 3;
  act(() => {
    player.emit("finish");
  });
  expect([player.time, player.plays]).toEqual([2, 3]);
});

test("going elsewhere, the same line again, or a line without times ends it", () => {
  const { player, hook } = looping();
  const { loop } = hook.result.current;
  act(() => {
    loop(3);
  });
  act(() => {
    player.setTime(5);
  });
  expect([hook.result.current.looped, player.time]).toEqual([null, 5]);
  act(() => {
    loop(4);
  });
  act(() => {
    loop(4);
  });
  expect(hook.result.current.looped).toBeNull();
  player.hear(6.5);
  expect(player.time).toBe(6.5);
  act(() => {
    loop(99);
  });
  expect(hook.result.current.looped).toBeNull();
});
