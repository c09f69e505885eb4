import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { measuresQuery } from "@/api/get-measures";
import { ErrorState, LoadingLines } from "@/components/states";
import { progressQuery } from "@/features/child/get-progress";
import { seriesQuery } from "@/features/child/get-series";
import { ProgressVerdict } from "@/features/child/progress-verdict";
import { SeriesChart } from "@/features/child/series-chart";
import { SeriesTable } from "@/features/child/series-table";
import { byFamily, familyTitle, isForResearchers } from "@/lib/measures";

interface MeasureHistoryProps {
  childId: string;
  measure: string;
  onMeasure: (id: string) => void;
}

/** A measure over time, and the choice of the measure. */
export function MeasureHistory({ childId, measure, onMeasure }: MeasureHistoryProps) {
  const measures = useQuery(measuresQuery);
  const series = useQuery(seriesQuery(childId, measure));
  const progress = useQuery(progressQuery(childId, measure));
  const offered = (measures.data ?? []).filter((item) => !isForResearchers(item) || item.id === measure);
  const groups = byFamily(offered).map(([family, items]) => ({
    group: familyTitle(family),
    items: items.map((item) => ({ value: item.id, label: item.title })),
  }));
  return (
    <section className="card stack" aria-labelledby="history-title">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 id="history-title">Over time</h2>
        <Select
          aria-label="Measure"
          placeholder="Measure"
          w={300}
          maw="100%"
          data={groups}
          value={measure}
          onChange={(id) => {
            if (id) onMeasure(id);
          }}
          allowDeselect={false}
          searchable
          nothingFoundMessage="No measure of that name"
          maxDropdownHeight={380}
        />
      </div>
      {series.isPending && <LoadingLines label="The history is being loaded" lines={1} height={300} />}
      {series.isError && <ErrorState error={series.error} onRetry={() => void series.refetch()} />}
      {series.data && (
        <>
          {progress.isPending && (
            <LoadingLines label="Whether it has changed is being worked out" lines={1} height={40} />
          )}
          {progress.data && <ProgressVerdict progress={progress.data} />}
          {progress.isError && <ErrorState error={progress.error} onRetry={() => void progress.refetch()} />}
          <SeriesChart series={series.data} progress={progress.data} />
          <SeriesTable series={series.data} progress={progress.data} />
        </>
      )}
    </section>
  );
}
