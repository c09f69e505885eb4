import { Fragment, memo } from "react";
import type { UtteranceOut } from "@/api/schema";
import { isHidden, isTight, TokenView } from "@/features/session/transcript/token-view";
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
  onOpen: (index: number) => void;
}

/** One utterance. A click anywhere on it plays it; the button does the same for the keyboard. */
export const TranscriptLine = memo(function TranscriptLine(props: TranscriptLineProps) {
  const { line, speaker, kind, goesOn, codes, active, marked, playable, onOpen } = props;
  const open = () => {
    // Selecting words to copy them is not a wish to hear them.
    if (window.getSelection()?.isCollapsed !== false) onOpen(line.index);
  };
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div className={classes.line} data-kind={kind} data-active={active} data-marked={marked} onClick={open}>
      <LineButton line={line} playable={playable} onOpen={onOpen} />
      <span className={goesOn && !codes ? "unseen" : classes.speaker} dir="auto">
        {codes ? line.speaker : speaker}
        <span className="unseen">: </span>
      </span>
      {codes ? <LineCodes line={line} /> : <LineWords line={line} />}
    </div>
  );
});

function LineButton({ line, playable, onOpen }: Pick<TranscriptLineProps, "line" | "playable" | "onOpen">) {
  const timed = playable && line.start_ms !== null;
  const shown = line.start_ms === null ? String(line.index + 1) : formatClock(line.start_ms / 1000);
  const label = timed ? `Play line ${line.index + 1}, ${shown}` : `Choose line ${line.index + 1}`;
  return (
    <button
      type="button"
      className={classes.time}
      data-line
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

function LineWords({ line }: { line: UtteranceOut }) {
  const tokens = line.tokens.filter((token) => !isHidden(token));
  return (
    <span className={classes.words} dir="auto">
      {tokens.map((token, i) => (
        <Fragment key={i}>
          {i > 0 && !isTight(token) && " "}
          <TokenView token={token} />
        </Fragment>
      ))}
      {tokens.length === 0 && line.text}
    </span>
  );
}

function LineCodes({ line }: { line: UtteranceOut }) {
  return (
    <span className={`chat ${classes.words}`} dir="ltr">
      {line.raw}
      {line.tiers.map((tier, i) => (
        <span key={i} className={classes.tier}>
          %{tier.name}: {tier.text}
        </span>
      ))}
    </span>
  );
}
