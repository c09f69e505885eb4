import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";
import { measuresQuery } from "@/api/get-measures";
import type { MeasureOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/features/session/session.module.css";
import { measureTitle } from "@/lib/measures";

interface MarkedStripProps {
  measure: MeasureOut;
  active: number | null;
  onOpen: (index: number) => void;
  onClear: () => void;
}

/** Which lines are marked and why, with a way through them. */
export function MarkedStrip({ measure, active, onOpen, onClear }: MarkedStripProps) {
  const { t } = useTranslation();
  const info = useQuery(measuresQuery).data?.find(({ id }) => id === measure.id);
  const title = info ? measureTitle(info) : measure.id;
  const next = measure.utterances.find((index) => active === null || index > active) ?? measure.utterances[0];
  return (
    <div className={classes.strip}>
      <span role="status">
        <Trans
          i18nKey="session.marked.rests"
          count={measure.utterances.length}
          components={{ title: <strong>{title}</strong> }}
        />
      </span>
      {next !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onOpen(next);
          }}
        >
          {t("session.marked.next")}
        </Button>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t("session.marked.clear")} onClick={onClear}>
        <Icon name="close" size={16} />
      </ActionIcon>
    </div>
  );
}
