import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Kept, KeptRecordings } from "@/features/uploads/recorder/kept-recordings";
import { LIMIT_S, Take, type Taken, type TakeState } from "@/features/uploads/recorder/take";

/** A browser's recorder that gives a piece a second, and the rest when it is stopped. */
class FakeMediaRecorder {
  static last: FakeMediaRecorder | null = null;
  state = "inactive";
  ondataavailable: (event: { data: Blob }) => void = () => undefined;
  onstop: () => void = () => undefined;
  count = 0;
  constructor() {
    FakeMediaRecorder.last = this;
  }
  start() {
    this.state = "recording";
  }
  pause() {
    this.state = "paused";
  }
  resume() {
    this.state = "recording";
  }
  piece() {
    this.count += 1;
    this.ondataavailable({ data: new Blob([`piece ${this.count};`]) });
  }
  stop() {
    this.state = "inactive";
    queueMicrotask(() => {
      this.piece();
      this.onstop();
    });
  }
}

const track = { onended: null as (() => void) | null, stop: vi.fn() };
const stream = { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;

class MemoryRecordings implements KeptRecordings {
  kept: Kept[] = [];
  pieces: [number, Blob][] = [];
  full = false;
  begin = (kept: Kept) => {
    this.kept.push(kept);
    return Promise.resolve();
  };
  add: KeptRecordings["add"] = (_, { data, length_s }) => {
    if (this.full) return Promise.reject(new Error("QuotaExceededError"));
    this.pieces.push([length_s, data]);
    return Promise.resolve();
  };
  list = () => Promise.resolve(this.kept);
  sound = () => Promise.resolve(new Blob(this.pieces.map(([, data]) => data)));
  remove = () => Promise.resolve();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance", "Date"] });
  vi.setSystemTime(new Date(2026, 2, 4, 10, 5, 9));
  vi.stubGlobal("MediaRecorder", FakeMediaRecorder);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function record(store = new MemoryRecordings()) {
  const states: TakeState[] = [];
  let end: (taken: Taken) => void = () => undefined;
  const taken = new Promise<Taken>((resolve) => (end = resolve));
  const take = new Take(
    { child: "c1", owner: "ann" },
    stream,
    { mime: "audio/webm", ending: "webm" },
    {
      store,
      onChange: (state) => states.push(state),
      onEnd: (made) => {
        end(made);
      },
    },
  );
  const second = () => {
    vi.advanceTimersByTime(1000);
    FakeMediaRecorder.last?.piece();
  };
  return { store, states, taken, take, second };
}

const textOf = async (blob: Blob) => new TextDecoder().decode(await blob.arrayBuffer());

test("each second is kept as it comes; the end gives the whole, named after its moment", async () => {
  const { store, taken, take, second } = record();
  second();
  second();
  take.stop();
  const { kept, file } = await taken;
  expect(file.name).toBe("recording 2026-03-04 10.05.09.webm");
  expect(await textOf(file)).toBe("piece 1;piece 2;piece 3;");
  expect(await textOf(await store.sound())).toBe("piece 1;piece 2;piece 3;");
  expect(store.pieces.map(([length]) => length)).toEqual([1, 2, 2]);
  expect([kept.child, kept.length_s]).toEqual(["c1", 2]);
  expect(track.stop).toHaveBeenCalled();
});

test("a pause counts for nothing", async () => {
  const { states, taken, take, second } = record();
  second();
  take.pause();
  vi.advanceTimersByTime(60_000);
  take.resume();
  second();
  expect(states.at(-1)).toEqual({ phase: "recording", elapsed_s: 2, unkept: false });
  take.stop();
  expect((await taken).kept.length_s).toBe(2);
});

test("it ends by itself at the limit, and when the microphone is gone", async () => {
  const first = record();
  vi.advanceTimersByTime(LIMIT_S * 1000);
  expect((await first.taken).kept.length_s).toBe(LIMIT_S);
  const second = record();
  vi.advanceTimersByTime(3000);
  track.onended?.();
  expect((await second.taken).kept.length_s).toBe(3);
});

test("a browser without room says so, and the recording is whole all the same", async () => {
  const store = new MemoryRecordings();
  store.full = true;
  const { states, taken, take, second } = record(store);
  second();
  take.stop();
  expect(await textOf((await taken).file)).toBe("piece 1;piece 2;");
  expect(states.at(-1)?.unkept).toBe(true);
});
