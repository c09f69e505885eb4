import { Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SessionOnLineOut } from "@/api/schema";
import type { Course, CoursePoint } from "@/features/progress/course";
import { intervalWords, whenWords } from "@/features/progress/course-words";
import { ScrollBox } from "@/features/progress/scroll-box";
import { formatNumber, formatUnit, formatValue, NONE } from "@/lib/format";
import { measureTitle } from "@/lib/measures";

interface FiguresTableProps {
  title: string;
  sessions: readonly SessionOnLineOut[];
  courses: readonly Course[];
}

/** The same figures as in the charts, a session each row. */
export function FiguresTable({ title, sessions, courses }: FiguresTableProps) {
  const { t } = useTranslation();
  return (
    <ScrollBox label={t("progress.table", { title })}>
      <Table captionSide="top" verticalSpacing={4} fz="xs">
        <Table.Caption ta="start" mt={0}>
          {t("progress.table_caption")}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("progress.session")}</Table.Th>
            <Table.Th scope="col">{t("progress.situation")}</Table.Th>
            {courses.map(({ info }) => (
              <Table.Th key={info.id} scope="col">
                {measureTitle(info)} <span className="quiet">{formatUnit(info.unit)}</span>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session, i) => (
            <Table.Tr key={session.id}>
              <Table.Th scope="row">
                <Link to="/sessions/$sessionId" params={{ sessionId: session.id }}>
                  {whenWords(session)}
                </Link>
              </Table.Th>
              <Table.Td dir="auto">{session.context ?? NONE}</Table.Td>
              {courses.map((course) => (
                <Table.Td key={course.info.id}>
                  <Figure point={course.points[i]} unit={course.info.unit} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

function Figure({ point, unit }: { point: CoursePoint | undefined; unit: string }) {
  const { t } = useTranslation();
  if (!point || point.value === null)
    return (
      <span title={point?.reason ?? undefined}>
        {NONE}
        <span className="unseen">{point?.reason}</span>
      </span>
    );
  const interval = intervalWords(point, unit);
  return (
    <>
      {formatValue(point.value, unit)}
      {interval && <span className="quiet"> ({interval})</span>}
      {point.n !== null && <span className="quiet"> n = {formatNumber(point.n)}</span>}
      {point.leftOut && (
        <span className="unseen">
          {t("progress.in_no_verdict", { why: t(`progress.left_out.${point.leftOut}`) })}
        </span>
      )}
    </>
  );
}
