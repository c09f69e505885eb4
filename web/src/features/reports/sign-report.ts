import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { SignIn } from "@/api/schema";
import { signedKey } from "@/features/reports/get-signed";

/** Sign what was previewed; the answer is the list with it. */
export function useSignReport(childId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) =>
      answer(
        client.POST("/api/children/{child_id}/reports", { params: { path: { child_id: childId } }, body }),
      ),
    onSuccess: (reports) => {
      cache.setQueryData(signedKey(childId), reports);
    },
    // What was refused was refused because preview or list are others by now.
    onError: () => cache.invalidateQueries({ queryKey: ["children", childId, "reports"] }),
  });
}
