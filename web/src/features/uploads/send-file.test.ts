import { createHash } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiProblem, NO_ANSWER } from "@/api/client";
import type { UploadStateOut } from "@/api/schema";
import { sendFile, type Sending } from "@/features/uploads/send-file";
import { forget } from "@/features/uploads/remembered";
import type { UploadWire } from "@/features/uploads/upload-wire";

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const file = (bytes = BYTES) => new File([bytes], "visit.wav", { lastModified: 5 });
const refusal = (status: number, code: string) =>
  new ApiProblem(status, { code, message: "No.", hint: null });

/** A server that keeps what it is sent, and fails when it is told to. */
class FakeServer implements UploadWire {
  uploads = new Map<string, { name: string; size: number; bytes: number[]; whole: boolean }>();
  calls: string[] = [];
  /** What goes wrong with the next pieces: how many bytes arrive, then which error. */
  faults: { arrive: number; error: ApiProblem }[] = [];
  away = 0;

  private state(id: string): UploadStateOut {
    const found = this.uploads.get(id);
    if (!found) throw refusal(404, "upload.not-found");
    const { name, size, bytes, whole } = found;
    const sha256 = createHash("sha256").update(Uint8Array.from(bytes)).digest("hex");
    const upload = { id, child_id: "c1", filename: name, size, sha256, kind: "media" as const };
    return { id, child_id: "c1", filename: name, size, offset: bytes.length, upload: whole ? upload : null };
  }

  private reach(call: string) {
    this.calls.push(call);
    if (this.away > 0) {
      this.away--;
      throw new ApiProblem(0, NO_ANSWER);
    }
  }

  begin: UploadWire["begin"] = async (_, { name, size }) => {
    this.reach("begin");
    const id = `u${this.uploads.size + 1}`;
    this.uploads.set(id, { name, size, bytes: [], whole: false });
    return Promise.resolve(this.state(id));
  };

  ask: UploadWire["ask"] = async (id) => {
    this.reach(`ask ${id}`);
    return Promise.resolve(this.state(id));
  };

  send: UploadWire["send"] = async ({ id, offset, data, sha256, onSent }) => {
    this.reach(`send ${offset}`);
    const upload = this.uploads.get(id);
    if (!upload) throw refusal(404, "upload.not-found");
    if (offset !== upload.bytes.length) throw refusal(409, "upload.offset");
    const bytes = new Uint8Array(await data.arrayBuffer());
    const fault = this.faults.shift();
    upload.bytes.push(...bytes.subarray(0, fault?.arrive ?? bytes.length));
    onSent(bytes.length);
    if (fault) throw fault.error;
    if (upload.bytes.length === upload.size) {
      const found = createHash("sha256").update(Uint8Array.from(upload.bytes)).digest("hex");
      if (found !== sha256) {
        this.uploads.delete(id);
        throw refusal(422, "upload.sum");
      }
      upload.whole = true;
    }
    return this.state(id);
  };

  forget: UploadWire["forget"] = async (id) => {
    this.reach(`forget ${id}`);
    this.uploads.delete(id);
    return Promise.resolve();
  };
}

function setUp(server = new FakeServer(), signal?: AbortSignal) {
  const pauses: number[] = [];
  const told = { onProgress: vi.fn(), onWaiting: vi.fn(), signal };
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const sending: Sending = { wire: server, pieceBytes: 300, pause };
  return { server, pauses, told, send: (f = file()) => sendFile("c1", f, told, sending) };
}

beforeEach(() => {
  localStorage.clear();
});

test("a file goes in pieces, with progress up to the whole", async () => {
  const { server, told, send } = setUp();
  const upload = await send();
  expect(upload.sha256).toBe(createHash("sha256").update(BYTES).digest("hex"));
  expect(server.calls).toEqual(["begin", "send 0", "send 300", "send 600", "send 900"]);
  const shares = told.onProgress.mock.calls.map(([share]) => share as number);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test("a lost connection is waited for, and the file goes on where the server has it", async () => {
  const { server, pauses, told, send } = setUp();
  server.faults = [{ arrive: 120, error: new ApiProblem(0, NO_ANSWER) }];
  const upload = await send();
  expect(upload.size).toBe(1000);
  expect(server.calls).toEqual(["begin", "send 0", "ask u1", "send 120", "send 420", "send 720"]);
  expect(pauses).toEqual([500]);
  expect(told.onWaiting).toHaveBeenCalledWith(true);
  expect(told.onWaiting).toHaveBeenLastCalledWith(false);
});

test("pauses grow while nobody answers, and begin anew after a byte has come", async () => {
  const { server, pauses, send } = setUp();
  server.away = 3;
  server.faults = [{ arrive: 300, error: refusal(503, "store.unreachable") }];
  await send();
  expect(pauses).toEqual([500, 1000, 2000, 4000]);
});

test("a server that stays away is an error in the end", async () => {
  const { server, send } = setUp();
  server.away = 1000;
  await expect(send()).rejects.toThrow(NO_ANSWER.message);
  expect(server.calls).toHaveLength(10);
});

test("what cannot pass is told at once", async () => {
  for (const [status, code] of [
    [422, "upload.size"],
    [401, "access.signed-out"],
    [507, "store.full"],
  ] as const) {
    const { server, pauses, send } = setUp();
    server.faults = [{ arrive: 0, error: refusal(status, code) }];
    await expect(send()).rejects.toMatchObject({ status });
    expect(pauses).toEqual([]);
    localStorage.clear();
  }
});

test("after a full disk the same button goes on", async () => {
  const { server, send } = setUp();
  server.faults = [{ arrive: 200, error: refusal(507, "store.full") }];
  await expect(send()).rejects.toMatchObject({ status: 507 });
  server.calls = [];
  await send();
  expect(server.calls[0]).toBe("ask u1");
  expect(server.calls[1]).toBe("send 200");
});

test("the same file chosen again after a reload goes on", async () => {
  const { server, send } = setUp();
  server.faults = [{ arrive: 50, error: refusal(401, "access.signed-out") }];
  await expect(send()).rejects.toThrow();
  server.calls = [];
  const again = setUp(server);
  const upload = await again.send(file());
  expect(upload.id).toBe("u1");
  expect(server.calls.slice(0, 2)).toEqual(["ask u1", "send 50"]);
});

test("another file begins anew, as does one that the server has forgotten", async () => {
  const { server, send } = setUp();
  await send();
  await send(new File([BYTES], "visit.wav", { lastModified: 6 }));
  expect(server.calls.filter((call) => call === "begin")).toHaveLength(2);
  server.uploads.clear();
  server.calls = [];
  await send();
  expect(server.calls.slice(0, 2)).toEqual(["ask u1", "begin"]);
});

test("a file of the same name, size and time with other content is found out, and begins anew", async () => {
  const { server, send } = setUp();
  server.faults = [{ arrive: 300, error: refusal(401, "access.signed-out") }];
  await expect(send()).rejects.toThrow();
  const other = file(BYTES.map((byte) => byte ^ 1));
  await expect(send(other)).rejects.toMatchObject({ status: 422 });
  expect((await send(other)).id).toBe("u1");
  expect(server.calls.at(-5)).toBe("begin");
});

test("a file that is used is begun anew the next time", async () => {
  const { server, send } = setUp();
  await send();
  forget("c1", file());
  await send();
  expect(server.calls.filter((call) => call === "begin")).toHaveLength(2);
});

test("without storage files still travel", async () => {
  const broken = vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw new Error("switched off");
  });
  const { send } = setUp();
  expect((await send()).size).toBe(1000);
  broken.mockRestore();
});

test("what is cancelled is given up here and on the server, and begins anew", async () => {
  const cancel = new AbortController();
  const { server, told, send } = setUp(new FakeServer(), cancel.signal);
  told.onProgress.mockImplementation((share: number) => {
    if (share >= 0.6) cancel.abort();
  });
  await expect(send()).rejects.toMatchObject({ name: "AbortError" });
  expect(server.calls).toEqual(["begin", "send 0", "send 300", "forget u1"]);
  expect(server.uploads.size).toBe(0);
  await setUp(server).send();
  expect(server.calls.filter((call) => call === "begin")).toHaveLength(2);
});

test("a cancelled file is not waited for, and a server that is away does not hide it", async () => {
  const cancel = new AbortController();
  const { server, pauses, told, send } = setUp(new FakeServer(), cancel.signal);
  server.away = 99;
  told.onWaiting.mockImplementation(() => {
    cancel.abort();
  });
  await expect(send()).rejects.toMatchObject({ name: "AbortError" });
  expect(pauses).toEqual([500]);
});
