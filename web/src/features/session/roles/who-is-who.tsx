import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
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

const WHO_IS_WHO = "who-is-who";

/** Bring the card into view, open, with the first of its buttons at hand. */
export function showWhoIsWho() {
  const card = document.getElementById(WHO_IS_WHO);
  if (!(card instanceof HTMLDetailsElement)) return;
  card.open = true;
  card.scrollIntoView({ block: "start" });
  card.querySelector<HTMLElement>("li button")?.focus({ preventScroll: true });
}

/** Whose voice is whose, where no transcript says it: asked until it is known, then folded away. */
export function WhoIsWho({ session, childName, player, nameOf }: WhoIsWhoProps) {
  const { t } = useTranslation();
  const voices = useMemo(() => voicesOf(session), [session]);
  const unknown = voices.some((voice) => voice.role === null);
  const [open, setOpen] = useState(unknown);
  const tell = useTellRoles(session.id);
  if (voices.length === 0) return null;
  return (
    <details
      id={WHO_IS_WHO}
      className={`card ${classes.card}`}
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary className={classes.head}>
        <h2>{t("roles.title")}</h2>
        <span className="quiet">{t(unknown ? "roles.some_unknown" : "roles.all_known")}</span>
      </summary>
      <p className="small quiet">{t(player ? "roles.how" : "roles.how_read")}</p>
      <ul className={classes.voices}>
        {voices.map((voice) => (
          <VoiceRow
            key={voice.code}
            voice={voice}
            // The code stays, also where only one voice is left without a name.
            name={voice.role === null ? t("roles.unknown_voice", { code: voice.code }) : nameOf(voice.code)}
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
