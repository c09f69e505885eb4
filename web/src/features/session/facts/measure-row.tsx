import { Tooltip } from "@mantine/core";
import type { MeasureInfoOut, MeasureOut } from "@/api/schema";
import classes from "@/features/session/facts/facts.module.css";
import { formatUnit, formatValue } from "@/lib/format";
import { reasonWords, reliabilityWords, sampleWords } from "@/lib/measures";

interface MeasureRowProps {
  info: MeasureInfoOut;
  measure: MeasureOut;
  chosen: boolean;
  onChoose: (id: string | null) => void;
}

/** One measure: value, unit, what it rests on, or why there is none. */
export function MeasureRow({ info, measure, chosen, onChoose }: MeasureRowProps) {
  const notes = [
    // A count is its own sample.
    measure.value === null || measure.value === measure.n ? null : sampleWords(measure.n, measure.n_unit),
    measure.value === null || measure.sd === null || measure.sd === undefined
      ? null
      : `SD ${formatValue(measure.sd)}`,
    reliabilityWords(measure, info),
    reasonWords(measure),
  ].filter(Boolean);
  return (
    <li className={classes.measure} data-measure={info.id} data-chosen={chosen}>
      <MeasureTitle info={info} measure={measure} chosen={chosen} onChoose={onChoose} />
      <span className={classes.value} data-value={measure.value ?? ""}>
        <strong>{formatValue(measure.value, measure.unit)}</strong>
        {measure.value !== null && formatUnit(measure.unit) && (
          <span className={classes.unit}> {formatUnit(measure.unit, measure.value)}</span>
        )}
      </span>
      <span className={classes.notes}>{notes.join(" · ")}</span>
    </li>
  );
}

function MeasureTitle({ info, measure, chosen, onChoose }: MeasureRowProps) {
  const tip = `${info.description} Rule ${measure.rule}.`;
  return (
    <Tooltip
      label={tip}
      multiline
      maw={320}
      position="top-start"
      events={{ hover: true, focus: true, touch: true }}
    >
      {measure.utterances.length > 0 ? (
        <button
          type="button"
          className={classes.title}
          aria-pressed={chosen}
          onClick={() => {
            onChoose(chosen ? null : info.id);
          }}
        >
          {info.title}
        </button>
      ) : (
        <span className={classes.title}>{info.title}</span>
      )}
    </Tooltip>
  );
}
