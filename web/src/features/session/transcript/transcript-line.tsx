import { Fragment, memo, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { UtteranceOut } from "@/api/schema";
import { pickedAt, type Run } from "@/features/session/edit/picking";
import { LineDoubt } from "@/features/session/review/line-doubt";
import { useSpoken } from "@/features/session/spoken";
import { isHidden, isSaid, isTight, TokenView } from "@/features/session/transcript/token-view";
import classes from "@/features/session/transcript/transcript.module.css";
import { formatClock } from "@/lib/format";
import type { SpeakerKind } from "@/lib/speakers";

interface TranscriptLineProps {
  line: UtteranceOut;
  speaker: string;
  kind: SpeakerKind;
  /** The same speaker as the line before: the name is only spoken, not shown. */
  goesOn: boolean;
  codes: boolean;
  active: boolean;
  marked: boolean;
  playable: boolean;
  /** Whether Tab stops here: at one line of all, the keys J and K and the arrows lead to the others. */
  isStop?: boolean;
  onOpen: (index: number) => void;
  /** Words of this line that are picked, to be marked or split off. */
  picked?: Run | null;
  /** Where the line is written anew, in place of its words. */
  inPlace?: ReactNode;
  /** Under the line, while it is the active one. */
  tools?: ReactNode;
  onPick?: (run: Run) => void;
  /** Write the line anew. */
  onWrite?: (index: number) => void;
}

/** One utterance. A click anywhere on it plays it; the button does the same for the keyboard. */
export const TranscriptLine = memo(function TranscriptLine(props: TranscriptLineProps) {
  const { line, speaker, kind, goesOn, codes, active, marked, playable, onOpen } = props;
  const { picked = null, inPlace, tools, isStop = true, onPick, onWrite } = props;
  const open = (event: MouseEvent<HTMLElement>) => {
    // Selecting words to copy or to mark them is not a wish to hear them.
    if (window.getSelection()?.isCollapsed === false) return;
    const run = pickedAt(event.target as Node);
    if (run && onPick) onPick(run);
    onOpen(line.index);
  };
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className={classes.line}
      data-kind={kind}
      data-active={active}
      data-marked={marked}
      onClick={inPlace ? undefined : open}
      onDoubleClick={
        onWrite &&
        (() => {
          onWrite(line.index);
        })
      }
    >
      <LineButton line={line} playable={playable} isStop={isStop} onOpen={onOpen} />
      <span className={goesOn && !codes ? "unseen" : classes.speaker} dir="auto">
        {codes ? line.speaker : speaker}
        <span className="unseen">: </span>
      </span>
      {inPlace}
      {!inPlace && codes && <LineCodes line={line} />}
      {!inPlace && (!codes || picked) && <LineWords line={line} picked={picked} />}
      {!inPlace && tools}
    </div>
  );
});

type LineButtonProps = Pick<TranscriptLineProps, "line" | "playable" | "isStop" | "onOpen">;

function LineButton({ line, playable, isStop, onOpen }: LineButtonProps) {
  const { t } = useTranslation();
  const timed = playable && line.start_ms !== null;
  const shown = line.start_ms === null ? String(line.index + 1) : formatClock(line.start_ms / 1000);
  const label = timed
    ? t("session.transcript.play", { line: line.index + 1, time: shown })
    : t("session.transcript.choose", { line: line.index + 1 });
  return (
    <button
      type="button"
      className={classes.time}
      data-line
      tabIndex={isStop ? undefined : -1}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(line.index);
      }}
    >
      {shown}
    </button>
  );
}

function LineWords({ line, picked }: { line: UtteranceOut; picked: Run | null }) {
  const spoken = useSpoken();
  const tokens = line.tokens.flatMap((token, at) => (isHidden(token) ? [] : [{ token, at }]));
  return (
    <span className={classes.words} dir="auto">
      {tokens.map(({ token, at }, i) => (
        <Fragment key={at}>
          {i > 0 && !isTight(token) && " "}
          <span
            data-token={at}
            lang={isSaid(token) ? spoken : undefined}
            data-picked={(picked && at >= picked.first && at <= picked.last) || undefined}
            className={classes.token}
          >
            <TokenView token={token} />
          </span>
        </Fragment>
      ))}
      {tokens.length === 0 && <span lang={spoken}>{line.text}</span>}
      <LineDoubt index={line.index} />
    </span>
  );
}

function LineCodes({ line }: { line: UtteranceOut }) {
  const spoken = useSpoken();
  return (
    <span className={`chat ${classes.words}`} dir="ltr">
      <span lang={spoken}>{line.raw}</span>
      {line.tiers.map((tier, i) => (
        <span key={i} className={classes.tier}>
          %{tier.name}: {tier.text}
        </span>
      ))}
    </span>
  );
}
