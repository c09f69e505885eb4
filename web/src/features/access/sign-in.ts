import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { AcceptIn, PasswordIn, SignInIn } from "@/api/schema";
import { markSignedIn, markSignedOut } from "@/lib/access";
import { forgetDrafts } from "@/lib/drafts";

/** Everything is asked for anew: what one person saw is not shown to the next. */
function useEntered() {
  const cache = useQueryClient();
  return async () => {
    markSignedIn();
    // The invitation itself is spent by now.
    await cache.resetQueries({ predicate: (query) => query.queryKey[0] !== "invitation" });
  };
}

/** Exchange the token that `sdc serve` printed for a session. */
export function useSignIn() {
  const entered = useEntered();
  return useMutation({
    mutationFn: (token: string) => answer(client.POST("/api/login", { body: { token } })),
    onSuccess: entered,
  });
}

/** Sign in with a name and a password, where the server has accounts. */
export function usePasswordSignIn() {
  const entered = useEntered();
  return useMutation({
    mutationFn: (body: SignInIn) => answer(client.POST("/api/sign-in", { body })),
    onSuccess: entered,
  });
}

/** Choose the password of the account that a link invites; it is signed in with it. */
export function useAcceptInvitation() {
  const entered = useEntered();
  return useMutation({
    mutationFn: (body: AcceptIn) => answer(client.POST("/api/invitations/accept", { body })),
    onSuccess: entered,
  });
}

export function useChangePassword() {
  return useMutation({ mutationFn: (body: PasswordIn) => answer(client.POST("/api/password", { body })) });
}

/** Sign out in this browser, or of every one. */
export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (everywhere: boolean) =>
      answer(everywhere ? client.POST("/api/sign-out-everywhere") : client.POST("/api/sign-out")),
    onSettled: () => {
      markSignedOut();
      forgetDrafts();
      cache.clear();
    },
  });
}

/** The token alone, also when the whole address was pasted. */
export function tokenOf(pasted: string): string {
  const text = pasted.trim();
  return /[?&]token=([^&\s#]+)/.exec(text)?.[1] ?? text;
}
