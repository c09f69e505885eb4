import { ActionIcon, Button, NativeSelect, Slider } from "@mantine/core";
import { useState } from "react";
import type WaveSurfer from "wavesurfer.js";
import { Icon } from "@/components/icons";
import classes from "@/features/session/player/player.module.css";
import { useIsPlaying, useLength, useSecond } from "@/features/session/player/use-player-state";
import { formatClock } from "@/lib/format";

const RATES = [0.5, 0.75, 1, 1.25, 1.5];

/** Play, where it is, how fast, how near. */
export function Transport({ player, onHelp }: { player: WaveSurfer | null; onHelp: () => void }) {
  const playing = useIsPlaying(player);
  return (
    <div className={classes.transport}>
      <Button
        leftSection={<Icon name={playing ? "pause" : "play"} size={16} />}
        disabled={!player}
        onClick={() => void player?.playPause()}
      >
        {playing ? "Pause" : "Play"}
      </Button>
      <Clock player={player} />
      <Speed player={player} />
      <Zoom player={player} />
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Keyboard help" onClick={onHelp}>
        <Icon name="keyboard" />
      </ActionIcon>
    </div>
  );
}

function Clock({ player }: { player: WaveSurfer | null }) {
  return (
    <span className={classes.clock} role="timer" aria-label="Position">
      {formatClock(useSecond(player))} <span className="quiet">/ {formatClock(useLength(player))}</span>
    </span>
  );
}

function Speed({ player }: { player: WaveSurfer | null }) {
  return (
    <NativeSelect
      aria-label="Speed"
      defaultValue="1"
      w={84}
      data={RATES.map((rate) => ({ value: String(rate), label: `${rate} ×` }))}
      onChange={(event) => player?.setPlaybackRate(Number(event.currentTarget.value))}
    />
  );
}

/** From the whole recording in view (0) to 32 times as near. */
function Zoom({ player }: { player: WaveSurfer | null }) {
  const [step, setStep] = useState(0);
  return (
    <div className={classes.zoom}>
      <span className="small quiet" aria-hidden="true">
        Zoom
      </span>
      <Slider
        thumbLabel="Zoom"
        min={0}
        max={5}
        step={0.5}
        value={step}
        label={null}
        onChange={(now) => {
          setStep(now);
          if (player && player.getDuration() > 0)
            player.zoom(now === 0 ? 0 : (player.getWidth() / player.getDuration()) * 2 ** now);
        }}
      />
    </div>
  );
}
