import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import { markSignedIn } from "@/lib/access";

/** Exchange the token that `sdc serve` printed for a session. */
export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => answer(client.POST("/api/login", { body: { token } })),
    onSuccess: async () => {
      markSignedIn();
      await cache.resetQueries();
    },
  });
}

/** The token alone, also when the whole address was pasted. */
export function tokenOf(pasted: string): string {
  const text = pasted.trim();
  return /[?&]token=([^&\s#]+)/.exec(text)?.[1] ?? text;
}
