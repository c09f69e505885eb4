import { useMemo, useState } from "react";
import type WaveSurfer from "wavesurfer.js";
import type { SessionOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import classes from "@/features/session/roles/roles.module.css";
import { Remember } from "@/features/session/roles/remember";
import { useTellRoles } from "@/features/session/roles/tell-roles";
import { VoiceRow } from "@/features/session/roles/voice-row";
import { voicesOf } from "@/features/session/roles/voices";

interface WhoIsWhoProps {
  session: SessionOut;
  childName: string | undefined;
  /** Null where nothing can be played. */
  player: WaveSurfer | null;
  nameOf: (code: string) => string;
}

/** Whose voice is whose, in a session that was transcribed by machine: asked until it is known, then folded away. */
export function WhoIsWho({ session, childName, player, nameOf }: WhoIsWhoProps) {
  const voices = useMemo(() => voicesOf(session), [session]);
  const unknown = voices.some((voice) => voice.role === null);
  const [open, setOpen] = useState(unknown);
  const tell = useTellRoles(session.id);
  if (voices.length === 0) return null;
  return (
    <details
      className={`card ${classes.card}`}
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary className={classes.head}>
        <h2>Who is who?</h2>
        <span className="quiet">{unknown ? "Some voices are not known yet." : "All voices are known."}</span>
      </summary>
      <p className="small quiet">
        Listen to each voice and say whose it is. The measures are worked out again; the words stay as they
        are.
      </p>
      <ul className={classes.voices}>
        {voices.map((voice) => (
          <VoiceRow
            key={voice.code}
            voice={voice}
            // The code stays, also where only one voice is left without a name.
            name={voice.role === null ? `Speaker (${voice.code})` : nameOf(voice.code)}
            player={player}
            busy={tell.isPending}
            onTell={(role) => {
              tell.mutate({ [voice.code]: role });
            }}
          />
        ))}
      </ul>
      <div aria-live="polite">{tell.isError && <ErrorState error={tell.error} />}</div>
      {session.media_url !== null && (
        <Remember
          sessionId={session.id}
          childName={childName}
          ready={voices.some((voice) => voice.role !== null)}
        />
      )}
    </details>
  );
}
