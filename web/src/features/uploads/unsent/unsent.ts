import { addSession, type Order } from "@/features/uploads/add-session";
import { NO_DETAILS, type Dropped } from "@/features/uploads/drafts";
import { heldNow } from "@/features/uploads/recorder/held";
import {
  dayOf,
  fileOf,
  keptRecordings,
  type Kept,
  type KeptRecordings,
} from "@/features/uploads/recorder/kept-recordings";
import { forgetAll } from "@/features/uploads/remembered";

/** What somebody recorded in this browser and has not handed in. */
export interface Unsent {
  waiting: readonly Kept[];
  /** One is being made now, here or in another tab. */
  isRecording: boolean;
}

export async function findUnsent(owner: string, store: KeptRecordings = keptRecordings): Promise<Unsent> {
  const [all, held] = await Promise.all([store.list(owner), heldNow()]);
  return {
    waiting: all.filter(({ id, length_s }) => !held.has(id) && length_s > 0),
    isRecording: all.some(({ id }) => held.has(id)),
  };
}

export type Sender = (childId: string, order: Order) => Promise<unknown>;

/** Hand one recording in, on the day on which it was made. */
export async function sendKept(
  kept: Kept,
  tell: Pick<Order, "onProgress" | "onWaiting" | "signal">,
  { store = keptRecordings, send = addSession as Sender } = {},
): Promise<void> {
  const file = fileOf(kept, await store.sound(kept.id));
  const media: Dropped = { id: kept.id, file, kind: "media", kept: kept.id };
  const draft = { id: kept.id, transcript: null, media, files: [media] };
  await send(kept.child, { draft, details: { ...NO_DETAILS, date: dayOf(kept.started) }, ...tell });
}

/** Delete what somebody recorded, and which files were on their way. */
export async function deleteUnsent(
  waiting: readonly Kept[],
  store: KeptRecordings = keptRecordings,
): Promise<void> {
  for (const { id } of waiting) await store.remove(id);
}

/** Nothing is left to go on with: neither are the names of files. */
export const forgetUploads = forgetAll;
