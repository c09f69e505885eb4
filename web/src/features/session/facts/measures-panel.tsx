import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { measuresQuery } from "@/api/get-measures";
import type { MeasureInfoOut, MeasureOut, SessionOut, SpeakerOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import { TranscriptState } from "@/components/transcript-state";
import classes from "@/features/session/facts/facts.module.css";
import { MeasureRow } from "@/features/session/facts/measure-row";
import { ForResearchers } from "@/features/session/facts/for-researchers";
import { byFamily, familyTitle, isForResearchers } from "@/lib/measures";

interface MeasuresPanelProps {
  session: string;
  transcript: SessionOut["transcript"];
  speakers: Record<string, SpeakerOut>;
  speaker: string | null;
  nameOf: (code: string) => string;
  chosen: string | null;
  onSpeaker: (code: string) => void;
  onMeasure: (id: string | null) => void;
}

/** A speaker's measures by family. Choosing one marks the lines that it rests on. */
export function MeasuresPanel(props: MeasuresPanelProps) {
  const { t } = useTranslation();
  const { session, transcript, speakers, speaker, nameOf, chosen, onSpeaker, onMeasure } = props;
  const infos = useQuery(measuresQuery);
  const codes = Object.keys(speakers);
  const measures = speaker === null ? undefined : speakers[speaker]?.measures;
  return (
    <section className="card stack" aria-labelledby="measures-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="measures-title">{t("facts.measures")}</h2>
        {codes.length > 1 && (
          <Select
            aria-label={t("facts.speaker")}
            placeholder={t("facts.choose_speaker")}
            w={190}
            data={codes.map((code) => ({ value: code, label: `${nameOf(code)} (${code})` }))}
            value={speaker}
            allowDeselect={false}
            onChange={(code) => {
              if (code) onSpeaker(code);
            }}
          />
        )}
      </div>
      <p className="small quiet">
        <span className="unseen">{t("facts.rests")} </span>
        <TranscriptState state={transcript} />
      </p>
      {infos.isPending && <LoadingLines label={t("facts.loading_measures")} lines={8} />}
      {infos.isError && <ErrorState error={infos.error} onRetry={() => void infos.refetch()} />}
      {infos.data && measures && (
        <>
          <Families
            infos={infos.data.filter((info) => !isForResearchers(info))}
            measures={measures}
            chosen={chosen}
            onMeasure={onMeasure}
          />
          <ForResearchers
            session={session}
            holdsChosen={infos.data.some((i) => i.id === chosen && isForResearchers(i))}
          >
            <Families
              infos={infos.data.filter(isForResearchers)}
              measures={measures}
              chosen={chosen}
              onMeasure={onMeasure}
            />
          </ForResearchers>
        </>
      )}
      {infos.data && !measures && (
        <p className="quiet">{t(codes.length > 0 ? "facts.no_child_choose" : "facts.no_child")}</p>
      )}
    </section>
  );
}

interface FamiliesProps {
  infos: MeasureInfoOut[];
  measures: Record<string, MeasureOut>;
  chosen: string | null;
  onMeasure: (id: string | null) => void;
}

function Families({ infos, measures, chosen, onMeasure }: FamiliesProps) {
  const known = infos.filter((info) => measures[info.id]);
  return byFamily(known).map(([family, items]) => (
    <Family
      key={family}
      family={family}
      infos={items}
      measures={measures}
      chosen={chosen}
      onMeasure={onMeasure}
    />
  ));
}

/** Families that stand open at first; the others are a click away. */
const OPEN_AT_FIRST = new Set(["utterances", "length", "vocabulary", "intelligibility", "mazes"]);

function Family({ family, infos, measures, chosen, onMeasure }: FamiliesProps & { family: string }) {
  const [toggled, setToggled] = useState<boolean | null>(null);
  const holdsChosen = infos.some((info) => info.id === chosen);
  const valued = infos.filter((info) => measures[info.id]?.value !== null).length;
  return (
    <details
      open={holdsChosen || (toggled ?? OPEN_AT_FIRST.has(family))}
      onToggle={(event) => {
        setToggled(event.currentTarget.open);
      }}
    >
      <summary className={classes.summary}>
        <h3 className={classes.family}>{familyTitle(family)}</h3>
        <span className="small quiet">
          <Trans
            i18nKey="facts.valued"
            values={{ n: valued, all: infos.length }}
            components={{ unseen: <span className="unseen" /> }}
          />
        </span>
      </summary>
      <ul className="plain" aria-label={familyTitle(family)}>
        {infos.map((info) => {
          const measure = measures[info.id];
          return (
            measure && (
              <MeasureRow
                key={info.id}
                info={info}
                measure={measure}
                chosen={chosen === info.id}
                onChoose={onMeasure}
              />
            )
          );
        })}
      </ul>
    </details>
  );
}
