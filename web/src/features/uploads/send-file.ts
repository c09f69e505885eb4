import { ApiProblem } from "@/api/client";
import type { UploadOut, UploadStateOut } from "@/api/schema";
import { forget, remember, remembered } from "@/features/uploads/remembered";
import { uploadWire, type UploadWire } from "@/features/uploads/upload-wire";
import { Sha256 } from "@/lib/sha256";

export const PIECE_BYTES = 8 * 1024 * 1024;
/** How long to wait before asking again; after the last of them, without a byte in between, it is an error. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000];

export interface Telling {
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  /** Whether the connection is lost and the next attempt is waited for. */
  onWaiting: (waiting: boolean) => void;
  /** Aborted by whoever does not want the file sent after all. */
  signal?: AbortSignal;
}

export interface Sending {
  wire: UploadWire;
  pieceBytes: number;
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const REAL: Sending = {
  wire: uploadWire,
  pieceBytes: PIECE_BYTES,
  pause: (ms, signal) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener("abort", end, { once: true });
    }),
};

/** Whether the same again may succeed: no answer, a server in trouble, or another idea of how far we are. */
function mayPass(error: unknown): error is ApiProblem {
  if (!(error instanceof ApiProblem)) return false;
  const fullDisk = error.status === 507;
  return error.status === 409 || (error.isPassing && !fullDisk);
}

/**
 * Send one file in pieces; goes on where a lost connection, or the last visit of the page, left it.
 *
 * Throws the signal's reason when it is cancelled: what has come is forgotten here and on the server.
 */
export async function sendFile(
  childId: string,
  file: File,
  { onProgress, onWaiting, signal }: Telling,
  { wire, pieceBytes, pause }: Sending = REAL,
): Promise<UploadOut> {
  const sum = new RunningSum(file, pieceBytes);
  let failures = 0;
  let state: UploadStateOut | null = null;
  for (;;) {
    if (signal?.aborted) return giveUp(childId, file, wire, signal);
    try {
      state ??= await find(childId, file, wire);
      onWaiting(false);
      onProgress(file.size ? state.offset / file.size : 1);
      if (state.upload) return state.upload;
      const { id, offset } = state;
      const end = Math.min(file.size, offset + pieceBytes);
      const sha256 = end === file.size ? await sum.whole() : await sum.until(end);
      const data = file.slice(offset, end);
      const onSent = (bytes: number) => {
        onProgress(Math.min(1, (offset + bytes) / file.size));
      };
      signal?.throwIfAborted();
      state = await wire.send({ id, offset, data, sha256, onSent, signal });
      failures = 0;
    } catch (error) {
      if (signal?.aborted) continue;
      if (!mayPass(error) || failures >= PAUSES_MS.length) {
        if (error instanceof ApiProblem && error.problem.code === "upload.sum") forget(childId, file);
        throw error;
      }
      state = null; // what arrived of a piece that broke off, only the server knows
      onWaiting(true);
      await pause(PAUSES_MS[failures++] ?? 0, signal);
    }
  }
}

async function giveUp(childId: string, file: File, wire: UploadWire, signal: AbortSignal): Promise<never> {
  const id = remembered(childId, file);
  forget(childId, file);
  // What stays there when this does not arrive is swept after a day.
  if (id !== null) await wire.forget(id).catch(() => undefined);
  throw signal.reason;
}

/** Ask for the upload that this file began, or begin one. */
async function find(childId: string, file: File, wire: UploadWire): Promise<UploadStateOut> {
  const id = remembered(childId, file);
  if (id !== null) {
    try {
      return await wire.ask(id);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      forget(childId, file); // swept after a day, or finished by somebody else
    }
  }
  const begun = await wire.begin(childId, file);
  remember(childId, file, begun.id);
  return begun;
}

/** The SHA-256 of a file, read along with the pieces that are sent. */
class RunningSum {
  private readonly sum = new Sha256();
  private at = 0;
  private done: string | null = null;

  constructor(
    private readonly file: File,
    private readonly pieceBytes: number,
  ) {}

  async until(end: number): Promise<null> {
    while (this.at < end) {
      const next = Math.min(end, this.at + this.pieceBytes);
      this.sum.update(new Uint8Array(await this.file.slice(this.at, next).arrayBuffer()));
      this.at = next;
    }
    return null;
  }

  async whole(): Promise<string> {
    await this.until(this.file.size);
    return (this.done ??= this.sum.hex());
  }
}
