import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { measuresQuery } from "@/api/get-measures";
import type { MeasureInfoOut, MeasureOut, SpeakerOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import classes from "@/features/session/facts/facts.module.css";
import { MeasureRow } from "@/features/session/facts/measure-row";
import { byFamily, familyTitle } from "@/lib/measures";

interface MeasuresPanelProps {
  speakers: Record<string, SpeakerOut>;
  speaker: string | null;
  nameOf: (code: string) => string;
  chosen: string | null;
  onSpeaker: (code: string) => void;
  onMeasure: (id: string | null) => void;
}

/** A speaker's measures by family. Choosing one marks the lines that it rests on. */
export function MeasuresPanel(props: MeasuresPanelProps) {
  const { speakers, speaker, nameOf, chosen, onSpeaker, onMeasure } = props;
  const infos = useQuery(measuresQuery);
  const codes = Object.keys(speakers);
  const measures = speaker === null ? undefined : speakers[speaker]?.measures;
  return (
    <section className="card stack" aria-labelledby="measures-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="measures-title">Measures</h2>
        {codes.length > 1 && (
          <Select
            aria-label="Speaker"
            placeholder="Choose a speaker"
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
      {infos.isPending && <LoadingLines label="The measures are being loaded" lines={8} />}
      {infos.isError && <ErrorState error={infos.error} onRetry={() => void infos.refetch()} />}
      {infos.data && measures && (
        <Families infos={infos.data} measures={measures} chosen={chosen} onMeasure={onMeasure} />
      )}
      {infos.data && !measures && (
        <p className="quiet">
          This session does not tell which speaker is the child, and nothing is guessed.
          {codes.length > 0 && " Choose a speaker to see their measures."}
        </p>
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
    <div key={family}>
      <h3 className={classes.family}>{familyTitle(family)}</h3>
      <ul className="plain" aria-label={familyTitle(family)}>
        {items.map((info) => {
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
    </div>
  ));
}
