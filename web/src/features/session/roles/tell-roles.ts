import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { RolesIn } from "@/api/schema";
import { sessionQuery } from "@/features/session/get-session";

/** Tell whose voice is whose; the answer is the session, measured anew. */
export function useTellRoles(sessionId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (roles: RolesIn["roles"]) =>
      answer(
        client.PUT("/api/sessions/{session_id}/roles", {
          params: { path: { session_id: sessionId } },
          body: { roles },
        }),
      ),
    onSuccess: async (session) => {
      cache.setQueryData(sessionQuery(sessionId).queryKey, session);
      await cache.invalidateQueries({ queryKey: ["children"] });
    },
  });
}

/** Remember the voices of a session for the child's later recordings. */
export function useRememberVoices(sessionId: string) {
  return useMutation({
    mutationFn: () =>
      answer(
        client.PUT("/api/sessions/{session_id}/voices", { params: { path: { session_id: sessionId } } }),
      ),
  });
}
