import { Button, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Period } from "@/features/insights/get-period";
import { formatDate } from "@/lib/format";
import classes from "@/features/insights/insights.module.css";

interface PeriodChoiceProps {
  period: Period;
  onChange: (period: Period) => void;
}

/** From which day to which: either may be left open. */
export function PeriodChoice({ period, onChange }: PeriodChoiceProps) {
  const { t } = useTranslation();
  const isAll = !period.first && !period.last;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [first, last] = ["first", "last"].map((name) => String(form.get(name)));
    onChange({ ...(first && { first }), ...(last && { last }) });
  };
  return (
    <details>
      <summary className="small">
        {isAll
          ? t("insights.period.all")
          : t("insights.period.some", {
              first: period.first ? formatDate(period.first) : t("insights.period.begin"),
              last: period.last ? formatDate(period.last) : t("insights.period.end"),
            })}
      </summary>
      <form key={JSON.stringify(period)} className={classes.period} onSubmit={submit}>
        <TextInput
          type="date"
          name="first"
          label={t("insights.period.from")}
          defaultValue={period.first ?? ""}
        />
        <TextInput type="date" name="last" label={t("insights.period.to")} defaultValue={period.last ?? ""} />
        <Button type="submit" variant="default">
          {t("insights.period.show")}
        </Button>
        {!isAll && (
          <Button
            variant="subtle"
            onClick={() => {
              onChange({});
            }}
          >
            {t("insights.period.reset")}
          </Button>
        )}
      </form>
    </details>
  );
}
