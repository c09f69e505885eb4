import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { ChildOut, SessionOut, TracksOut } from "@/api/schema";
import { Correction } from "@/features/session/edit/correction";
import { useEditKeys } from "@/features/session/edit/use-edit-keys";
import { useEditor } from "@/features/session/edit/use-editor";
import { InsightsPanel } from "@/features/session/facts/insights-panel";
import { MeasuresPanel } from "@/features/session/facts/measures-panel";
import { SessionHead } from "@/features/session/facts/session-head";
import { StatedEvents } from "@/features/session/facts/stated-events";
import { WarningsList } from "@/features/session/facts/warnings-list";
import { useKeys, type KeyActions } from "@/features/session/keys";
import { KeysHelp } from "@/features/session/keys-help";
import { MarkedStrip } from "@/features/session/marked-strip";
import { PlayerCard } from "@/features/session/player/player-card";
import { useLoop } from "@/features/session/player/use-loop";
import { useWaveSurfer } from "@/features/session/player/use-wavesurfer";
import { Doubts } from "@/features/session/review/line-doubt";
import { ReviewStrip } from "@/features/session/review/review-strip";
import { useLineAlone } from "@/features/session/review/use-line-alone";
import { useReview } from "@/features/session/review/use-review";
import { unknownOf } from "@/features/session/roles/voices";
import { showWhoIsWho, WhoIsWho } from "@/features/session/roles/who-is-who";
import classes from "@/features/session/session.module.css";
import { Spoken } from "@/features/session/spoken";
import { takeFocusAlong } from "@/features/session/transcript/line-focus";
import { useActiveLine } from "@/features/session/use-active-line";
import { useRestOfView } from "@/features/session/use-rest-of-view";
import { useSpeakers } from "@/features/session/use-speakers";

interface SessionViewProps {
  session: SessionOut;
  child: ChildOut | undefined;
  tracks: TracksOut | null;
  /** The line that the address names (#u12). */
  line: number | null;
  measure: string | null;
  onMeasure: (id: string | null) => void;
}

/** A session: the work place at the left, what was measured and seen at the right. */
export function SessionView({ session, child, tracks, line, measure, onMeasure }: SessionViewProps) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  // Whose measures are shown: as chosen, while there is such a speaker; else the child's.
  const speaker = wanted !== null && wanted in session.speakers ? wanted : session.target;
  const work = useRestOfView<HTMLDivElement>();
  const [helping, setHelping] = useState(false);
  const { t } = useTranslation();
  const may = useMay();
  const allowed = may("edit_transcript");
  const { player, failure } = useWaveSurfer(container, {
    url: session.media_url ?? "",
    tracks,
    duration_s: session.duration_s,
    video,
    isVideo: session.media === "video",
  });
  const playable = session.media_url !== null && failure === null;
  const { nameOf, kindOf } = useSpeakers(session);
  const { active, lines, choose, open, step } = useActiveLine(session.utterances, player, line);
  const looping = useLoop(player, lines);
  const { review, doubts } = useReview(session);
  const openAlone = useLineAlone(session.utterances, playable ? player : null, choose);
  const editor = useEditor({ session, speaker, active, choose, allowed });
  const editKeys = useEditKeys(editor, session.participants);
  const { loop } = looping;
  const loopLine = useMemo(
    () =>
      playable && active !== null
        ? () => {
            loop(active);
          }
        : undefined,
    [active, loop, playable],
  );
  // On a phone the transcript may be a screen away from the chip that asks for a line.
  const showLine = (index: number) => {
    open(index);
    work.current?.querySelector("[data-transcript]")?.scrollIntoView({ block: "nearest" });
  };
  const showMeasure = (id: string) => {
    onMeasure(id);
  };
  const kindOfLine = useCallback(
    (index: number) => kindOf(session.utterances[index]?.speaker ?? ""),
    [kindOf, session.utterances],
  );
  const help = useCallback(() => {
    setHelping(true);
  }, []);
  const keys = useMemo<KeyActions>(
    () => ({
      ...editKeys,
      step: (by) => {
        step(by);
        takeFocusAlong(work.current);
      },
      help,
      loop: loopLine,
      toggle: player && playable ? () => void player.playPause() : undefined,
      skip:
        player && playable
          ? (seconds) => {
              player.skip(seconds);
            }
          : undefined,
    }),
    [player, playable, step, work, help, editKeys, loopLine],
  );
  useKeys(keys);
  const chosen = speaker === null ? undefined : session.speakers[speaker]?.measures[measure ?? ""];
  const marked = useMemo(() => new Set(chosen?.utterances), [chosen]);
  return (
    <div className="stack" style={{ gap: "1.25rem" }}>
      <SessionHead session={session} child={child} />
      {allowed && (
        <WhoIsWho
          session={session}
          childName={child?.name}
          player={playable ? player : null}
          nameOf={nameOf}
        />
      )}
      <div className={classes.columns}>
        <div ref={work} className={classes.work} data-workplace data-media={session.media_url !== null}>
          {session.media_url !== null && (
            <PlayerCard
              session={session.id}
              media={session.media}
              tracks={tracks}
              player={player}
              failure={failure}
              lines={lines}
              kindOf={kindOfLine}
              active={active}
              looping={looping}
              onOpen={open}
              onTimes={editor.setTimes}
              onContainer={setContainer}
              onVideo={setVideo}
              onHelp={help}
            />
          )}
          {review && <ReviewStrip session={session} review={review} active={active} onOpen={openAlone} />}
          {marked.size > 0 && chosen && (
            <MarkedStrip
              measure={chosen}
              active={active}
              onOpen={open}
              onClear={() => {
                onMeasure(null);
              }}
            />
          )}
          <Spoken value={session.language ?? undefined}>
            <Doubts value={doubts}>
              <Correction
                session={session}
                editor={editor}
                onLoop={loopLine}
                utterances={session.utterances}
                active={active}
                marked={marked}
                playable={playable}
                nameOf={nameOf}
                kindOf={kindOf}
                onOpen={open}
              />
            </Doubts>
          </Spoken>
        </div>
        <aside className="stack" aria-label={t("session.work")}>
          <InsightsPanel
            childId={session.child_id}
            insights={session.insights}
            transcript={session.transcript}
            unknown={unknownOf(session)}
            onWhoIsWho={allowed ? showWhoIsWho : undefined}
            here={{ session: session.id, plays: playable, onLine: showLine, onMeasure: showMeasure }}
          />
          <MeasuresPanel
            session={session.id}
            transcript={session.transcript}
            speakers={session.speakers}
            speaker={speaker}
            nameOf={nameOf}
            chosen={measure}
            onSpeaker={setWanted}
            onMeasure={onMeasure}
          />
          <StatedEvents events={session.events ?? []} nameOf={nameOf} onLine={showLine} />
          <WarningsList warnings={session.warnings} />
        </aside>
      </div>
      <KeysHelp
        opened={helping}
        onClose={() => {
          setHelping(false);
        }}
        playable={playable}
        editing={allowed}
      />
    </div>
  );
}
