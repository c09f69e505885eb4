import { Skeleton } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";
import { ErrorState } from "@/components/states";
import { drawSpectrogram, SPECTROGRAM_HEIGHT } from "@/features/session/player/draw-spectrogram";
import { spectrogramQuery, type Strips } from "@/features/session/player/get-spectrogram";
import classes from "@/features/session/player/player.module.css";
import { useDrawnView, type View } from "@/features/session/player/use-drawn-view";

interface SpectrogramProps {
  session: string;
  player: WaveSurfer | null;
}

/** Which frequencies are heard when, on the waveform's stretch of time. */
export default function Spectrogram({ session, player }: SpectrogramProps) {
  const { t } = useTranslation();
  const shown = useQuery(spectrogramQuery(session));
  if (shown.isError) return <ErrorState error={shown.error} onRetry={() => void shown.refetch()} />;
  if (shown.isPending)
    return (
      <div role="status">
        <span className="unseen">{t("player.spectrogramLoading")}</span>
        <Skeleton height={SPECTROGRAM_HEIGHT} radius="md" />
      </div>
    );
  return <Drawn shown={shown.data} player={player} />;
}

function Drawn({ shown, player }: { shown: Strips; player: WaveSurfer | null }) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (view: View) => {
      if (canvas.current) drawSpectrogram(canvas.current, shown, view);
    },
    [shown],
  );
  useDrawnView(player, width, draw);
  return (
    <div
      ref={ref}
      className={classes.tracks}
      style={{ height: SPECTROGRAM_HEIGHT }}
      role="img"
      aria-label={t("player.spectrogramLabel")}
    >
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
