import { Tooltip } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { MeasureInfoOut, MeasureOut } from "@/api/schema";
import classes from "@/features/session/facts/facts.module.css";
import { formatUnit, formatValue } from "@/lib/format";
import { measureTitle, reasonWords, reliabilityWords, sampleWords } from "@/lib/measures";
import { texts } from "@/texts";

interface MeasureRowProps {
  info: MeasureInfoOut;
  measure: MeasureOut;
  chosen: boolean;
  onChoose: (id: string | null) => void;
}

/** One measure: value, unit, what it rests on, or why there is none. Chosen, it says how it is counted. */
export function MeasureRow({ info, measure, chosen, onChoose }: MeasureRowProps) {
  const { t } = useTranslation();
  const row = useComesIntoView(chosen);
  return (
    <li ref={row} className={classes.measure} data-measure={info.id} data-chosen={chosen}>
      <Tooltip
        label={t("facts.rule", { rule: measure.rule })}
        position="top-start"
        events={{ hover: true, focus: true, touch: false }}
      >
        <button
          type="button"
          className={classes.title}
          aria-expanded={chosen}
          onClick={() => {
            onChoose(chosen ? null : info.id);
          }}
        >
          {measureTitle(info)}
        </button>
      </Tooltip>
      <span className={classes.value} data-value={measure.value ?? ""}>
        <strong>{formatValue(measure.value, measure.unit)}</strong>
        {measure.value !== null && formatUnit(measure.unit) && (
          <span className={classes.unit}> {formatUnit(measure.unit, measure.value)}</span>
        )}
      </span>
      <span className={classes.notes} lang={measure.value === null && measure.reason ? "en" : undefined}>
        {notesOf(measure, info).join(" · ")}
      </span>
      {chosen && (
        <p className={classes.rule}>
          <span lang="en">{info.description}</span>{" "}
          <Trans
            i18nKey="facts.rule_sentence"
            values={{ rule: measure.rule }}
            components={{ code: <code /> }}
          />
        </p>
      )}
    </li>
  );
}

/** Bring the row into view when it is chosen from elsewhere; its family may have been closed until then. */
function useComesIntoView(chosen: boolean) {
  const row = useRef<HTMLLIElement>(null);
  const before = useRef(chosen);
  useEffect(() => {
    if (chosen && !before.current) row.current?.scrollIntoView({ block: "nearest" });
    before.current = chosen;
  }, [chosen]);
  return row;
}

/** What stands below a value: sample, spread, how far to trust it; or why there is none. */
function notesOf(measure: MeasureOut, info: MeasureInfoOut): string[] {
  const reason = reasonWords(measure);
  if (reason !== null) return [reason];
  // A count is its own sample.
  const sample = measure.value === measure.n ? null : sampleWords(measure.n, measure.n_unit);
  const spread =
    typeof measure.sd === "number" ? texts.t("facts.spread", { value: formatValue(measure.sd) }) : null;
  return [sample, spread, reliabilityWords(measure, info)].filter((note) => note !== null);
}
