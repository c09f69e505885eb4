import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, client } from "@/api/client";
import type { Action, ActorOut } from "@/api/schema";

/** How people sign in here, and who is signed in; the server answers it to everybody. */
export const accessQuery = queryOptions({
  queryKey: ["access"],
  queryFn: ({ signal }) => answer(client.GET("/api/access", { signal })),
  staleTime: 60_000,
  retryOnMount: false, // many parts ask; each that appears would else ask again after a failure
});

export function useActor(): ActorOut | null {
  return useQuery(accessQuery).data?.actor ?? null;
}

/** Whether the role allows something for some child at least. The server decides; this only hides what it would refuse. */
export function useMay(): (action: Action) => boolean {
  const actor = useActor();
  return (action) => actor === null || actor.actions.includes(action);
}
