import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { ChildIn } from "@/api/schema";

export function useAddChild() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ChildIn) => answer(client.POST("/api/children", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["children"] }),
  });
}
