import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { AccountChangeIn, AccountIn } from "@/api/schema";

function useChange<In, Out>(change: (given: In) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: ["people"] }),
  });
}

export const useInvite = () => useChange((body: AccountIn) => answer(client.POST("/api/accounts", { body })));

const accountPath = (account_id: string) => ({ params: { path: { account_id } } });

/** A new link for somebody who lost the first one, or the password. */
export const useInviteAgain = () =>
  useChange((accountId: string) =>
    answer(client.POST("/api/accounts/{account_id}/invitation", accountPath(accountId))),
  );

export const useChangeAccount = () =>
  useChange(({ accountId, ...body }: AccountChangeIn & { accountId: string }) =>
    answer(client.PATCH("/api/accounts/{account_id}", { ...accountPath(accountId), body })),
  );

interface Membership {
  childId: string;
  accountId: string;
  on: boolean;
}

/** Put an account on a child's care team, or take it off. */
export const useChangeTeam = () =>
  useChange(({ childId, accountId, on }: Membership) => {
    const where = { params: { path: { child_id: childId, account_id: accountId } } };
    const path = "/api/children/{child_id}/team/{account_id}";
    return answer(on ? client.PUT(path, where) : client.DELETE(path, where));
  });
