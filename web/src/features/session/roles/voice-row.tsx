import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import { Icon } from "@/components/icons";
import classes from "@/features/session/roles/roles.module.css";
import type { ToldRole, Voice } from "@/features/session/roles/voices";

const ROLES: readonly ToldRole[] = ["child", "adult", "other"];

interface VoiceRowProps {
  voice: Voice;
  name: string;
  player: WaveSurfer | null;
  busy: boolean;
  onTell: (role: ToldRole) => void;
}

/** One voice: hear it, and say whose it is. */
export function VoiceRow({ voice, name, player, busy, onTell }: VoiceRowProps) {
  const { t } = useTranslation();
  return (
    <li className={classes.voice}>
      {player && voice.samples.length > 0 && <PlaySample voice={voice} name={name} player={player} />}
      <div className={classes.words}>
        <strong dir="auto">{name}</strong>{" "}
        <span className="small quiet">{t("common.lines", { count: voice.n_lines })}</span>
        <p className={classes.quote} dir="auto">
          {voice.words}
        </p>
      </div>
      <div role="group" aria-label={t("roles.voice_is", { name })} className={classes.roles}>
        {ROLES.map((role) => (
          <Button
            key={role}
            size="sm"
            variant={voice.role === role ? "filled" : "default"}
            aria-pressed={voice.role === role}
            disabled={busy}
            onClick={() => {
              if (voice.role !== role) onTell(role);
            }}
          >
            {t(`roles.buttons.${role}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** Plays some seconds of a voice; each click another stretch. */
function PlaySample({ voice, name, player }: { voice: Voice; name: string; player: WaveSurfer }) {
  const { t } = useTranslation();
  const [next, setNext] = useState(0);
  const sample = voice.samples[next % voice.samples.length];
  if (!sample) return null;
  return (
    <Button
      size="sm"
      variant="light"
      leftSection={<Icon name="play" size={16} />}
      aria-label={t("roles.play_voice", { name })}
      onClick={() => {
        setNext(next + 1);
        // A recording that cannot be played tells so by its error event.
        player.play(sample.start_s, sample.end_s).catch(() => undefined);
      }}
    >
      {t("roles.play")}
    </Button>
  );
}
