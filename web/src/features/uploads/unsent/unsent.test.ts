import { renderHook, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Kept, KeptRecordings } from "@/features/uploads/recorder/kept-recordings";
import { useTaken } from "@/features/uploads/recorder/use-taken";
import { remember, remembered } from "@/features/uploads/remembered";
import {
  deleteUnsent,
  findUnsent,
  forgetUploads,
  sendKept,
  type Sender,
} from "@/features/uploads/unsent/unsent";

/** What a browser keeps, in memory: jsdom has no database. */
class MemoryRecordings implements KeptRecordings {
  constructor(public all: Kept[]) {}
  begin = () => Promise.resolve();
  add = () => Promise.resolve();
  list = (owner: string) => Promise.resolve(this.all.filter((kept) => kept.owner === owner));
  sound = (id: string) => Promise.resolve(new Blob([`sound of ${id}`]));
  remove = (id: string) => {
    this.all = this.all.filter((kept) => kept.id !== id);
    return Promise.resolve();
  };
}

const kept = (part: Partial<Kept>): Kept => ({
  id: "r1",
  child: "c1",
  owner: "ann",
  mime: "audio/webm",
  ending: "webm",
  started: new Date(2026, 2, 4, 10, 5, 9).getTime(),
  length_s: 4,
  ...part,
});

test("only what somebody recorded is found, and not what holds no sound", async () => {
  const store = new MemoryRecordings([
    kept({ id: "r1" }),
    kept({ id: "r2", length_s: 0 }),
    kept({ id: "r3", owner: "bob" }),
  ]);
  const { waiting, isRecording } = await findUnsent("ann", store);
  expect(waiting.map(({ id }) => id)).toEqual(["r1"]);
  expect(isRecording).toBe(false);
});

test("a child's page offers a recording to who made it and to nobody else", async () => {
  const store = new MemoryRecordings([kept({}), kept({ id: "r2", child: "c2" })]);
  const of = (owner: string | null) => renderHook(() => useTaken("c1", owner, store)).result;
  const [ann, bob, unknown] = [of("ann"), of("bob"), of(null)];
  await waitFor(() => {
    expect(ann.current.taken.map((one) => one.kept.id)).toEqual(["r1"]);
  });
  expect(bob.current.taken).toEqual([]);
  expect(unknown.current.taken).toEqual([]);
});

test("a recording is sent to its child, with the day on which it was made", async () => {
  const send = vi.fn<Sender>(() => Promise.resolve());
  const tell = { onProgress: vi.fn(), onWaiting: vi.fn() };
  await sendKept(kept({}), tell, { store: new MemoryRecordings([]), send });
  const [child, order] = send.mock.calls[0] ?? [];
  expect(child).toBe("c1");
  expect(order?.details.date).toBe("2026-03-04");
  expect(order?.draft.files.map((one) => [one.kept, one.file.name])).toEqual([
    ["r1", "recording 2026-03-04 10.05.09.webm"],
  ]);
});

test("deleting leaves what others recorded, and no name of a file stays", async () => {
  const store = new MemoryRecordings([kept({}), kept({ id: "r3", owner: "bob" })]);
  await deleteUnsent((await findUnsent("ann", store)).waiting, store);
  expect(store.all.map(({ id }) => id)).toEqual(["r3"]);
  const file = new File(["x"], "Nora.cha");
  remember("c1", file, "u1");
  localStorage.setItem("sdc-language", "en");
  forgetUploads();
  expect(remembered("c1", file)).toBeNull();
  expect(localStorage.getItem("sdc-language")).toBe("en");
});
