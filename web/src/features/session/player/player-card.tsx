import { useLocalStorage } from "@mantine/hooks";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import type { SessionOut, TracksOut } from "@/api/schema";
import { SPECTROGRAM_HEIGHT } from "@/features/session/player/draw-spectrogram";
import { Guides } from "@/features/session/player/guides";
import { LineEdges, type SetTimes } from "@/features/session/player/line-edges";
import { LineLane } from "@/features/session/player/line-lane";
import classes from "@/features/session/player/player.module.css";
import { Readout } from "@/features/session/player/readout";
import { SpeakerBands } from "@/features/session/player/speaker-bands";
import { SoundTracks } from "@/features/session/player/sound-tracks";
import type { TimedLine } from "@/features/session/player/timing";
import { Transport } from "@/features/session/player/transport";
import type { Looping } from "@/features/session/player/use-loop";
import { useZoom } from "@/features/session/player/use-zoom";
import { useZoomGestures } from "@/features/session/player/use-zoom-gestures";
import type { SpeakerKind } from "@/lib/speakers";

const Spectrogram = lazy(() => import("@/features/session/player/spectrogram"));

interface PlayerCardProps {
  session: string;
  media: SessionOut["media"];
  tracks: TracksOut | null;
  player: WaveSurfer | null;
  failure: string | null;
  lines: readonly TimedLine[];
  kindOf: (index: number) => SpeakerKind;
  /** The line that is heard or chosen. */
  active: number | null;
  looping: Looping;
  onOpen: (index: number) => void;
  /** Gives a line other times; undefined for who may not. */
  onTimes: SetTimes | undefined;
  onContainer: (element: HTMLElement | null) => void;
  onVideo: (element: HTMLVideoElement | null) => void;
  onHelp: () => void;
}

/** The recording: transport, utterances and waveform, pitch and level, the spectrogram where it is wanted. */
export function PlayerCard(props: PlayerCardProps) {
  const { media, player, failure, onVideo } = props;
  const { t } = useTranslation();
  return (
    <section className={`card ${classes.player}`} aria-label={t("player.title")}>
      {media === "video" && (
        // The transcript below is its text.
        // eslint-disable-next-line jsx-a11y/media-has-caption
        <video
          ref={onVideo}
          aria-label={t("player.video")}
          className={classes.video}
          playsInline
          preload="metadata"
        />
      )}
      <Sound {...props} />
      {failure !== null && <p role="alert">{t("player.cannotPlay", { reason: failure })}</p>}
      {failure === null && player === null && <span className="unseen">{t("player.loading")}</span>}
    </section>
  );
}

function Sound(props: PlayerCardProps) {
  const { session, tracks, player, failure, lines, kindOf, active, looping } = props;
  const { onOpen, onTimes, onContainer, onHelp } = props;
  const timed = lines.find(({ index }) => index === active);
  const area = useRef<HTMLDivElement>(null);
  const zooming = useZoom(player);
  useZoomGestures(area, zooming.by);
  const [pointed, setPointed] = useState<number | null>(null);
  const [spectrogram, setSpectrogram] = useLocalStorage({
    key: "sdc.spectrogram",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return (
    <>
      {failure === null && (
        <Transport
          player={player}
          zooming={zooming}
          active={timed ? active : null}
          looping={looping}
          spectrogram={spectrogram}
          onSpectrogram={setSpectrogram}
          onHelp={onHelp}
        >
          <Readout player={player} tracks={tracks} pointed_s={pointed} />
        </Transport>
      )}
      <Guides area={area} player={player} onPoint={setPointed}>
        <LineLane
          player={player}
          lines={lines}
          kindOf={kindOf}
          active={active}
          looped={looping.looped}
          onOpen={onOpen}
        />
        <div className={classes.wave}>
          <SpeakerBands player={player} lines={lines} kindOf={kindOf} active={active} />
          <div ref={onContainer} />
          {onTimes && timed && player && <LineEdges player={player} line={timed} onTimes={onTimes} />}
        </div>
        {tracks && <SoundTracks player={player} tracks={tracks} />}
        {spectrogram && (
          <div data-spectrogram>
            <Suspense fallback={<div style={{ height: SPECTROGRAM_HEIGHT }} />}>
              <Spectrogram session={session} player={player} />
            </Suspense>
          </div>
        )}
      </Guides>
    </>
  );
}
