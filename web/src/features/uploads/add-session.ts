import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { JobOut, SessionIn } from "@/api/schema";
import type { Draft, Details } from "@/features/uploads/drafts";
import { putUpload } from "@/features/uploads/put-upload";

interface Order {
  draft: Draft;
  details: Details;
  onProgress: (share: number) => void;
}

/** Upload a draft's files, then ask for the session; answers with the job that makes it. */
async function addSession(childId: string, { draft, details, onProgress }: Order): Promise<JobOut> {
  const total = draft.files.reduce((sum, { file }) => sum + file.size, 0) || 1;
  let before = 0;
  const uploadIds: string[] = [];
  for (const { file } of draft.files) {
    const upload = await putUpload(childId, file, (share) => {
      onProgress((before + share * file.size) / total);
    });
    uploadIds.push(upload.id);
    before += file.size;
  }
  const body: SessionIn = {
    upload_ids: uploadIds,
    date: details.date || null,
    context: details.context.trim() || null,
    child_only: draft.transcript === null && details.childOnly,
  };
  return answer(
    client.POST("/api/children/{child_id}/sessions", { params: { path: { child_id: childId } }, body }),
  );
}

export function useAddSession(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) => addSession(childId, order),
    onSuccess: (job) => {
      cache.setQueryData<JobOut[]>(["children", childId, "jobs"], (jobs = []) => [job, ...jobs]);
    },
  });
}
