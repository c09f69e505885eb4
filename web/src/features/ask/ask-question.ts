import { useMutation } from "@tanstack/react-query";
import { answer, client } from "@/api/client";

export const useAsk = (childId: string) =>
  useMutation({
    mutationFn: (question: string) =>
      answer(
        client.POST("/api/children/{child_id}/ask", {
          params: { path: { child_id: childId } },
          body: { question },
        }),
      ),
  });
