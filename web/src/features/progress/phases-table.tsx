import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Course } from "@/features/progress/course";
import { ScrollBox } from "@/features/progress/scroll-box";
import { formatUnit, formatValue, NONE } from "@/lib/format";
import { texts } from "@/texts";
import { measureTitle } from "@/lib/measures";

/** The means of both phases and how far their sessions overlap, a measure each row. */
export function PhasesTable({ courses }: { courses: readonly Course[] }) {
  const { t } = useTranslation();
  const rough = courses.some(({ told }) => told.phases?.nap !== null && told.phases?.firm === false);
  const corrected = courses.some(({ told }) => told.phases?.tau_corrected);
  return (
    <>
      <ScrollBox label={t("progress.phases.table")}>
        <Table verticalSpacing={4} fz="xs">
          <Table.Thead>
            <Table.Tr>
              {(["measure", "baseline", "intervention", "difference", "needed", "nap", "tau"] as const).map(
                (key) => (
                  <Table.Th key={key} scope="col">
                    {t(`progress.phases.${key}`)}
                  </Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {courses.map((course) => (
              <Row key={course.info.id} course={course} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
      <p className="small quiet">
        {[
          t("progress.phases.meaning"),
          rough && t("progress.phases.rough"),
          corrected && t("progress.phases.corrected"),
        ]
          .filter(Boolean)
          .join(" ")}
      </p>
    </>
  );
}

function Row({ course: { info, told } }: { course: Course }) {
  const phases = told.phases;
  if (!phases) return null;
  const of = (value: number | null, n: number) =>
    value === null
      ? NONE
      : texts.t("progress.phases.mean_of", { mean: formatValue(value, info.unit), count: n });
  const ratio = (value: number | null) => (value === null ? NONE : formatValue(value));
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {measureTitle(info)} <span className="quiet">{formatUnit(info.unit)}</span>
      </Table.Th>
      <Table.Td>{of(phases.first, phases.n_first)}</Table.Td>
      <Table.Td>{of(phases.second, phases.n_second)}</Table.Td>
      <Table.Td>{formatValue(phases.difference, info.unit)}</Table.Td>
      <Table.Td>{formatValue(phases.threshold, info.unit)}</Table.Td>
      <Table.Td>{ratio(phases.nap)}</Table.Td>
      <Table.Td>
        {ratio(phases.tau)}
        {phases.tau_corrected && "*"}
      </Table.Td>
    </Table.Tr>
  );
}
