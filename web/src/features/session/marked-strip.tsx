import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { measuresQuery } from "@/api/get-measures";
import type { MeasureOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/features/session/session.module.css";
import { formatCount } from "@/lib/format";

interface MarkedStripProps {
  measure: MeasureOut;
  active: number | null;
  onOpen: (index: number) => void;
  onClear: () => void;
}

/** Which lines are marked and why, with a way through them. */
export function MarkedStrip({ measure, active, onOpen, onClear }: MarkedStripProps) {
  const title = useQuery(measuresQuery).data?.find((info) => info.id === measure.id)?.title ?? measure.id;
  const next = measure.utterances.find((index) => active === null || index > active) ?? measure.utterances[0];
  return (
    <div className={classes.strip}>
      <span role="status">
        <strong>{title}</strong> rests on {formatCount(measure.utterances.length, "line")}, marked below.
      </span>
      {next !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onOpen(next);
          }}
        >
          Next marked line
        </Button>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label="Clear the marks" onClick={onClear}>
        <Icon name="close" size={16} />
      </ActionIcon>
    </div>
  );
}
