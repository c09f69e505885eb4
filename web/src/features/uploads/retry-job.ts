import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export function useRetryJob(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) =>
      answer(client.POST("/api/jobs/{job_id}/retry", { params: { path: { job_id: jobId } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["children", childId, "jobs"] }),
  });
}
