import { Button, Switch } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { UtteranceOut } from "@/api/schema";
import type { Run } from "@/features/session/edit/picking";
import { TranscriptLine } from "@/features/session/transcript/transcript-line";
import classes from "@/features/session/transcript/transcript.module.css";
import { useFollow } from "@/features/session/transcript/use-follow";
import type { SpeakerKind } from "@/lib/speakers";

interface TranscriptProps {
  utterances: UtteranceOut[];
  active: number | null;
  marked: ReadonlySet<number>;
  playable: boolean;
  nameOf: (code: string) => string;
  kindOf: (code: string) => SpeakerKind;
  onOpen: (index: number) => void;
  /** What belongs to the active line while it is corrected. */
  picked?: Run | null;
  inPlace?: ReactNode;
  tools?: ReactNode;
  /** Above the lines: undo, history, and whether all is saved. */
  bar?: ReactNode;
  onPick?: (run: Run) => void;
  onWrite?: (index: number) => void;
}

/** All utterances. Only those near the view are drawn, so that 10,000 scroll as well as 40. */
export function Transcript(props: TranscriptProps) {
  const { utterances, active, marked, playable, nameOf, kindOf, onOpen } = props;
  const { picked = null, inPlace, tools, bar, onPick, onWrite } = props;
  const { t } = useTranslation();
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
  const drawn = rows.getVirtualItems();
  // One stop of Tab for all lines: who has no mouse is not led through thousands of them.
  const stop = drawn.some(({ index }) => index === active) ? active : (rows.range?.startIndex ?? 0);
  return (
    <section className={`card ${classes.transcript}`} data-transcript aria-labelledby="transcript-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="transcript-title">{t("session.transcript.title")}</h2>
        <span className="quiet small">
          {t("session.transcript.utterances", { count: utterances.length })}
        </span>
        {!follow.following && active !== null && (
          <Button size="compact-sm" variant="light" onClick={follow.resume}>
            {t("session.transcript.back", { line: active + 1 })}
          </Button>
        )}
        <Switch
          label={t("session.transcript.codes")}
          checked={codes}
          onChange={(event) => {
            setCodes(event.currentTarget.checked);
          }}
        />
      </div>
      {bar}
      <div
        ref={box}
        className={classes.box}
        // A box that scrolls must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={t("session.transcript.lines")}
        {...follow.handlers}
      >
        <div role="list" style={{ height: rows.getTotalSize(), position: "relative" }}>
          {drawn.map((row) => {
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
                    isStop={row.index === stop}
                    onOpen={onOpen}
                    picked={active === line.index ? picked : null}
                    inPlace={active === line.index ? inPlace : null}
                    tools={active === line.index ? tools : null}
                    onPick={onPick}
                    onWrite={onWrite}
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
