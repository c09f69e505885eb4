import type WaveSurfer from "wavesurfer.js";
import type { SessionOut, TracksOut } from "@/api/schema";
import classes from "@/features/session/player/player.module.css";
import { SpeakerBands } from "@/features/session/player/speaker-bands";
import { SoundTracks } from "@/features/session/player/sound-tracks";
import type { TimedLine } from "@/features/session/player/timing";
import { Transport } from "@/features/session/player/transport";
import type { SpeakerKind } from "@/lib/speakers";

interface PlayerCardProps {
  media: SessionOut["media"];
  tracks: TracksOut | null;
  player: WaveSurfer | null;
  failure: string | null;
  lines: readonly TimedLine[];
  kindOf: (index: number) => SpeakerKind;
  onContainer: (element: HTMLElement | null) => void;
  onVideo: (element: HTMLVideoElement | null) => void;
  onHelp: () => void;
}

/** The recording: transport, waveform with the speakers, pitch and level. */
export function PlayerCard(props: PlayerCardProps) {
  const { media, tracks, player, failure, lines, kindOf, onContainer, onVideo, onHelp } = props;
  return (
    <section className={`card ${classes.player}`} aria-label="Recording">
      <div className={classes.top}>
        {media === "video" && (
          // The transcript below is its text.
          // eslint-disable-next-line jsx-a11y/media-has-caption
          <video
            ref={onVideo}
            aria-label="Video of the session"
            className={classes.video}
            playsInline
            preload="metadata"
          />
        )}
        {failure === null && <Transport player={player} onHelp={onHelp} />}
      </div>
      {failure && (
        <p role="alert">
          The browser cannot play this recording ({failure}). The transcript and the measures are not touched
          by that.
        </p>
      )}
      <div className={classes.wave}>
        <SpeakerBands player={player} lines={lines} kindOf={kindOf} />
        <div ref={onContainer} />
      </div>
      {tracks && <SoundTracks player={player} tracks={tracks} />}
    </section>
  );
}
