import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import { childrenKey } from "@/features/children/get-children";

/** Erase a child for good; the name is typed once more, and the server compares it. */
export function useEraseChild(childId: string) {
  return useMutation({
    mutationFn: (name: string) =>
      answer(
        client.DELETE("/api/children/{child_id}", {
          params: { path: { child_id: childId }, query: { name } },
        }),
      ),
  });
}

/** Drop what this browser still holds of an erased child. */
export function useForgetChild(childId: string) {
  const cache = useQueryClient();
  return () => {
    cache.removeQueries({ queryKey: ["children", childId] });
    cache.removeQueries({ queryKey: ["sessions"] });
    return cache.invalidateQueries({ queryKey: childrenKey });
  };
}
