import { Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ProgressOut, SeriesOut } from "@/api/schema";
import { whenWords } from "@/features/child/point-words";
import { intervalWords, leftOutWords, withErrors } from "@/features/child/progress-words";
import { formatAge, formatValue } from "@/lib/format";
import { reasonWords, reliabilityWords } from "@/lib/measures";

interface SeriesTableProps {
  series: SeriesOut;
  progress?: ProgressOut | undefined;
}

/** The chart's figures as a table. */
export function SeriesTable({ series, progress }: SeriesTableProps) {
  const { measure } = series;
  const points = withErrors(series, progress);
  const head = [
    "Session",
    "Age",
    `${measure.title} (${measure.unit})`,
    "95 % interval",
    `n (${measure.n_unit || "n"})`,
    "Note",
  ];
  return (
    <details>
      <summary className="small">The same as a table</summary>
      <Table.ScrollContainer minWidth={520}>
        <Table aria-label={`${measure.title} by session`}>
          <Table.Thead>
            <Table.Tr>
              {head.map((title) => (
                <Table.Th key={title} scope="col">
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {points.map((point) => (
              <Table.Tr key={point.session_id}>
                <Table.Th scope="row" fw={400}>
                  <Link to="/sessions/$sessionId" params={{ sessionId: point.session_id }}>
                    {whenWords(point)}
                  </Link>
                </Table.Th>
                <Table.Td>{formatAge(point.age_months)}</Table.Td>
                <Table.Td>{formatValue(point.value, measure.unit)}</Table.Td>
                <Table.Td>{intervalWords(point, measure.unit)}</Table.Td>
                <Table.Td>{point.n ?? ""}</Table.Td>
                <Table.Td>
                  {[reasonWords(point), reliabilityWords(point, measure), leftOutWords(point), point.context]
                    .filter(Boolean)
                    .join(". ")}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}
