import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { JobOut, OrderedOut, SessionIn } from "@/api/schema";
import type { Draft, Details } from "@/features/uploads/drafts";
import { keptRecordings } from "@/features/uploads/recorder/kept-recordings";
import { forget } from "@/features/uploads/remembered";
import { sendFile, type Telling } from "@/features/uploads/send-file";

export interface Order extends Telling {
  draft: Draft;
  details: Details;
}

/** By this key it is seen whether files are on their way. */
const SENDING = ["uploads"];

/** Upload a draft's files, then ask for the session; answers with the job that makes it. */
export async function addSession(childId: string, { draft, details, ...tell }: Order): Promise<OrderedOut> {
  const total = draft.files.reduce((sum, { file }) => sum + file.size, 0) || 1;
  let before = 0;
  const uploadIds: string[] = [];
  for (const { file } of draft.files) {
    const onProgress = (share: number) => {
      tell.onProgress((before + share * file.size) / total);
    };
    const upload = await sendFile(childId, file, { ...tell, onProgress });
    uploadIds.push(upload.id);
    before += file.size;
  }
  tell.signal?.throwIfAborted();
  const body: SessionIn = {
    upload_ids: uploadIds,
    date: details.date || null,
    context: details.context.trim() || null,
    child_only: draft.transcript === null && details.childOnly,
  };
  const job = await answer(
    client.POST("/api/children/{child_id}/sessions", { params: { path: { child_id: childId } }, body }),
  );
  for (const { file, kept } of draft.files) {
    forget(childId, file);
    // The server has it on disk; a browser that is shared need not keep a child's voice.
    if (kept !== undefined) await keptRecordings.remove(kept).catch(() => undefined);
  }
  return job;
}

export function useAddSession(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationKey: SENDING,
    mutationFn: (order: Order) => addSession(childId, order),
    // One after the other: the first of many files is through soonest.
    scope: { id: `uploads-${childId}` },
    onSuccess: (job) => {
      cache.setQueryData<JobOut[]>(["children", childId, "jobs"], (jobs = []) => [
        job,
        ...jobs.filter(({ id }) => id !== job.id),
      ]);
    },
  });
}
