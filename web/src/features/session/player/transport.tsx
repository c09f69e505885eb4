import { ActionIcon, Button, NativeSelect, Slider, Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import { Icon } from "@/components/icons";
import classes from "@/features/session/player/player.module.css";
import type { Looping } from "@/features/session/player/use-loop";
import { useIsPlaying, useLength, useSecond } from "@/features/session/player/use-player-state";
import type { Zooming } from "@/features/session/player/use-zoom";
import { formatClock } from "@/lib/format";

const RATES = [0.5, 0.75, 1, 1.25, 1.5];
const BACK_S = 2;

interface TransportProps {
  player: WaveSurfer | null;
  zooming: Zooming;
  /** The line that Loop repeats; null when none with times is chosen. */
  active: number | null;
  looping: Looping;
  spectrogram: boolean;
  onSpectrogram: (shown: boolean) => void;
  onHelp: () => void;
  /** What is told beside. */
  children: ReactNode;
}

/** Play, where it is, how fast, how near, what is shown. */
export function Transport(props: TransportProps) {
  const { player, zooming, spectrogram, onSpectrogram, onHelp, children } = props;
  const { t } = useTranslation();
  return (
    <div className={classes.transport}>
      <Play player={player} />
      <Clock player={player} />
      <Loop {...props} />
      <Speed player={player} />
      <Zoom player={player} zooming={zooming} />
      <Switch
        label={t("player.spectrogram")}
        checked={spectrogram}
        onChange={(event) => {
          onSpectrogram(event.currentTarget.checked);
        }}
      />
      {children}
      <ActionIcon
        className={classes.help}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("player.keys")}
        onClick={onHelp}
      >
        <Icon name="keyboard" />
      </ActionIcon>
    </div>
  );
}

function Play({ player }: { player: WaveSurfer | null }) {
  const { t } = useTranslation();
  const playing = useIsPlaying(player);
  return (
    <div className={classes.play}>
      <Button
        variant="default"
        px="xs"
        disabled={!player}
        aria-label={t("player.back", { count: BACK_S })}
        onClick={() => player?.skip(-BACK_S)}
      >
        −{BACK_S} s
      </Button>
      <Button
        leftSection={<Icon name={playing ? "pause" : "play"} size={16} />}
        disabled={!player}
        onClick={() => void player?.playPause()}
      >
        {playing ? t("player.pause") : t("player.play")}
      </Button>
    </div>
  );
}

function Clock({ player }: { player: WaveSurfer | null }) {
  const { t } = useTranslation();
  return (
    <span className={classes.clock} role="timer" aria-label={t("player.position")}>
      {formatClock(useSecond(player))} <span className="quiet">/ {formatClock(useLength(player))}</span>
    </span>
  );
}

/** Repeats the chosen line; pressed while it does. */
function Loop({ player, active, looping }: Pick<TransportProps, "player" | "active" | "looping">) {
  const { t } = useTranslation();
  const { looped, loop } = looping;
  return (
    <Button
      variant={looped === null ? "default" : "filled"}
      px="sm"
      leftSection={<Icon name="retry" size={16} />}
      disabled={!player || (active === null && looped === null)}
      aria-pressed={looped !== null}
      onClick={() => {
        loop(looped === null ? active : null);
      }}
    >
      {looped === null ? t("player.loop") : t("player.looped", { line: looped + 1 })}
    </Button>
  );
}

function Speed({ player }: { player: WaveSurfer | null }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      aria-label={t("player.speed")}
      defaultValue="1"
      w={84}
      data={RATES.map((rate) => ({ value: String(rate), label: `${rate} ×` }))}
      // A voice keeps its pitch when it is slowed down.
      onChange={(event) => player?.setPlaybackRate(Number(event.currentTarget.value), true)}
    />
  );
}

/** From the whole recording in view to a syllable as wide as a thumb. */
function Zoom({ player, zooming }: { player: WaveSurfer | null; zooming: Zooming }) {
  const { t } = useTranslation();
  const { steps, most, by } = zooming;
  const step = (name: string, sign: string, more: number, end: boolean) => (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={name}
      disabled={!player || end}
      onClick={() => {
        by(more);
      }}
    >
      {sign}
    </ActionIcon>
  );
  return (
    <div className={classes.zoom} role="group" aria-label={t("player.zoom")}>
      {step(t("player.zoomOut"), "−", -1, steps === 0)}
      <Slider
        thumbLabel={t("player.zoom")}
        min={0}
        max={most}
        step={0.5}
        value={steps}
        label={null}
        disabled={!player}
        onChange={(now) => {
          by(now - steps);
        }}
      />
      {step(t("player.zoomIn"), "+", 1, steps === most)}
    </div>
  );
}
