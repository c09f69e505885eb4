import { useMemo } from "react";
import type { SessionOut } from "@/api/schema";
import { speakerKind, speakerName, type SpeakerKind } from "@/lib/speakers";

/** Names and kinds of a session's speakers; a code is added where two would share a name. */
export function useSpeakers(session: SessionOut) {
  return useMemo(() => {
    const known = new Map(session.participants.map((speaker) => [speaker.code, speaker]));
    const plain = session.participants.map((speaker) => speakerName(speaker, speaker.code));
    const nameOf = (code: string): string => {
      const name = speakerName(known.get(code), code);
      return plain.filter((other) => other === name).length > 1 ? `${name} (${code})` : name;
    };
    const kindOf = (code: string): SpeakerKind => speakerKind(known.get(code));
    return { nameOf, kindOf };
  }, [session.participants]);
}
