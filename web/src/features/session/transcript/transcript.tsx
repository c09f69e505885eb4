import { Button, Switch } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import type { UtteranceOut } from "@/api/schema";
import { TranscriptLine } from "@/features/session/transcript/transcript-line";
import classes from "@/features/session/transcript/transcript.module.css";
import { useFollow } from "@/features/session/transcript/use-follow";
import { formatCount } from "@/lib/format";
import type { SpeakerKind } from "@/lib/speakers";

interface TranscriptProps {
  utterances: UtteranceOut[];
  active: number | null;
  marked: ReadonlySet<number>;
  playable: boolean;
  nameOf: (code: string) => string;
  kindOf: (code: string) => SpeakerKind;
  onOpen: (index: number) => void;
}

/** All utterances. Only those near the view are drawn, so that 10,000 scroll as well as 40. */
export function Transcript(props: TranscriptProps) {
  const { utterances, active, marked, playable, nameOf, kindOf, onOpen } = props;
  const [codes, setCodes] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // The compiler's memoisation and this hook do not know each other; nothing here relies on it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: utterances.length,
    getScrollElement: () => box.current,
    estimateSize: () => (codes ? 84 : 40),
    overscan: 12,
  });
  const follow = useFollow(box, rows, active);
  return (
    <section className={`card ${classes.transcript}`} data-transcript aria-labelledby="transcript-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="transcript-title">Transcript</h2>
        <span className="quiet small">{formatCount(utterances.length, "utterance")}</span>
        {!follow.following && active !== null && (
          <Button size="compact-sm" variant="light" onClick={follow.resume}>
            Back to line {active + 1}
          </Button>
        )}
        <Switch
          label="CHAT codes"
          checked={codes}
          onChange={(event) => {
            setCodes(event.currentTarget.checked);
          }}
        />
      </div>
      <div
        ref={box}
        className={classes.box}
        // A box that scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label="Lines"
        {...follow.handlers}
      >
        <div role="list" style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map((row) => {
            const line = utterances[row.index];
            return (
              line && (
                <div
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  role="listitem"
                  aria-setsize={utterances.length}
                  aria-posinset={row.index + 1}
                  aria-current={active === line.index || undefined}
                  className={classes.place}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <TranscriptLine
                    line={line}
                    speaker={nameOf(line.speaker)}
                    kind={kindOf(line.speaker)}
                    goesOn={utterances[row.index - 1]?.speaker === line.speaker}
                    codes={codes}
                    active={active === line.index}
                    marked={marked.has(line.index)}
                    playable={playable}
                    onOpen={onOpen}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
    </section>
  );
}
