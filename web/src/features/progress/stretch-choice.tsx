import { Button, Select, SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Stretch } from "@/features/progress/get-progress-page";
import classes from "@/features/progress/progress.module.css";

interface StretchChoiceProps {
  stretch: Stretch;
  contexts: readonly string[];
  asTable: boolean;
  onStretch: (stretch: Stretch) => void;
  onTable: (asTable: boolean) => void;
}

/** Which sessions, from which day to which, of which situation; as charts or as a table. */
export function StretchChoice({ stretch, contexts, asTable, onStretch, onTable }: StretchChoiceProps) {
  const { t } = useTranslation();
  const change = (part: Stretch) => {
    const { first, last, context } = { ...stretch, ...part };
    onStretch({ ...(first && { first }), ...(last && { last }), ...(context && { context }) });
  };
  return (
    <div className={classes.filters} role="group" aria-label={t("progress.choice")}>
      {(["first", "last"] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          size="sm"
          label={t(`progress.${end}`)}
          value={stretch[end] ?? ""}
          onChange={(event) => {
            change({ [end]: event.currentTarget.value });
          }}
        />
      ))}
      {contexts.length > 0 && (
        <Select
          size="sm"
          label={t("progress.situation")}
          data={[...contexts]}
          placeholder={t("progress.all_situations")}
          value={stretch.context ?? null}
          onChange={(context) => {
            change({ context: context ?? "" });
          }}
          clearable
          clearButtonProps={{ "aria-label": t("progress.all_situations") }}
        />
      )}
      <SegmentedControl
        size="sm"
        aria-label={t("progress.view")}
        data={[
          { value: "charts", label: t("progress.charts") },
          { value: "table", label: t("progress.as_table") },
        ]}
        value={asTable ? "table" : "charts"}
        onChange={(view) => {
          onTable(view === "table");
        }}
      />
      {Object.keys(stretch).length > 0 && (
        <Button
          variant="subtle"
          onClick={() => {
            onStretch({});
          }}
        >
          {t("progress.all_sessions")}
        </Button>
      )}
    </div>
  );
}
