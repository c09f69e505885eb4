import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PeriodOut, TranscriptsOut } from "@/api/schema";

interface WaitingProps {
  n: number;
  isOnly: boolean;
  onOnly: (isOnly: boolean) => void;
}

/** How many insights nobody has decided about, and a way to see these alone. */
export function Waiting({ n, isOnly, onOnly }: WaitingProps) {
  const { t } = useTranslation();
  return (
    <div className="row">
      <span role="status">{n > 0 ? t("insights.waiting", { count: n }) : t("insights.none_waiting")}</span>
      {n > 0 && (
        <Checkbox
          size="sm"
          label={t("insights.only_waiting")}
          checked={isOnly}
          onChange={(event) => {
            onOnly(event.currentTarget.checked);
          }}
        />
      )}
    </div>
  );
}

/** On what kinds of transcripts it all rests. */
export function RestsOn({ transcripts }: { transcripts: PeriodOut["transcripts"] }) {
  const { t } = useTranslation();
  const kinds: (keyof TranscriptsOut)[] = ["reviewed", "handed_in", "raw"];
  const parts = kinds
    .filter((kind) => transcripts[kind] > 0)
    .map((kind) => t(`insights.rests_on.${kind}`, { count: transcripts[kind] }));
  if (parts.length === 0) return null;
  return <p className="small quiet">{t("insights.rests_on.all", { parts: parts.join(", ") })}</p>;
}
