import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { part } from "@/app/part";
import type { ActorOut } from "@/api/schema";
import { AccountMenu } from "@/features/access/account-menu";
import { useSignOut } from "@/features/access/sign-in";
import type { Unsent } from "@/features/uploads/unsent/unsent";

// Few who sign out have something left to send.
const loadUnsent = part(() => import("@/features/uploads/unsent/unsent"));
const loadDialog = part(() => import("@/features/uploads/unsent/unsent-dialog"));
const UnsentDialog = lazy(async () => ({ default: (await loadDialog()).UnsentDialog }));

interface Leaving {
  everywhere: boolean;
  unsent: Unsent;
  nUploads: number;
}

/** What lies in this browser only; null where nothing does, or the browser keeps nothing. */
async function lookForUnsent(owner: string): Promise<Unsent | null> {
  try {
    const [{ findUnsent }] = await Promise.all([loadUnsent(), loadDialog()]);
    const unsent = await findUnsent(owner);
    return unsent.waiting.length > 0 || unsent.isRecording ? unsent : null;
  } catch {
    return null;
  }
}

/** Who is signed in, and the way out: not past recordings that nobody else has. */
export function Account({ actor }: { actor: ActorOut }) {
  const cache = useQueryClient();
  const signOut = useSignOut();
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const leave = async (everywhere: boolean, kept: boolean) => {
    setLeaving(null);
    if (!kept)
      await loadUnsent().then(
        ({ forgetUploads }) => forgetUploads(),
        () => undefined,
      );
    signOut.mutate(everywhere);
  };
  const ask = async (everywhere: boolean) => {
    const unsent = await lookForUnsent(actor.id);
    const nUploads = cache.isMutating({ mutationKey: ["uploads"] });
    if (!unsent && nUploads === 0) await leave(everywhere, false);
    else setLeaving({ everywhere, nUploads, unsent: unsent ?? { waiting: [], isRecording: false } });
  };
  return (
    <>
      <AccountMenu actor={actor} onSignOut={(everywhere) => void ask(everywhere)} />
      {leaving && (
        <Suspense>
          <UnsentDialog
            unsent={leaving.unsent}
            nUploads={leaving.nUploads}
            onLeave={(kept) => void leave(leaving.everywhere, kept)}
            onClose={() => {
              setLeaving(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
