import { answer, client } from "@/api/client";
import type { SessionOut } from "@/api/schema";
import type { Wish } from "@/features/session/edit/wishes";

/** Ask the server for an edit, of the version that was seen; the answer is the session, measured anew. */
export function sendEdit(sessionId: string, version: number, wish: Wish): Promise<SessionOut> {
  const session_id = sessionId;
  if (wish.what === "line") {
    const { index, text, speaker } = wish;
    return answer(
      client.PUT("/api/sessions/{session_id}/utterances/{index}", {
        params: { path: { session_id, index } },
        body: { version, text, speaker },
      }),
    );
  }
  if (wish.what === "restored")
    return answer(
      client.POST("/api/sessions/{session_id}/versions", {
        params: { path: { session_id } },
        body: { version, restore: wish.restore },
      }),
    );
  return answer(
    client.POST("/api/sessions/{session_id}/edits", {
      params: { path: { session_id } },
      body: { ...wish, version } as never, // the union of the wishes is that of the bodies, less the version
    }),
  );
}
