import { Button, Table } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ResearchChildOut } from "@/api/schema";
import stacked from "@/components/stacked-table.module.css";
import { ErrorState } from "@/components/states";
import { researchChildQuery } from "@/features/research/get-research";
import { saveText, toCsv } from "@/features/research/to-csv";
import { formatNumber } from "@/lib/format";
import { texts } from "@/texts";

const ages = ({ first_age_months: first, last_age_months: last }: ResearchChildOut) =>
  first === null || last === null
    ? texts.t("research.age_unknown")
    : first === last
      ? formatNumber(first)
      : texts.t("research.age_range", { first: formatNumber(first), last: formatNumber(last) });

const KNOWN_SEXES = ["female", "male"] as const;

function sexWords({ sex }: ResearchChildOut): string {
  const known = KNOWN_SEXES.find((one) => one === sex);
  return known || !sex ? texts.t(`research.sexes.${known ?? "not_given"}`) : sex;
}

/** One row a child; the figures come as a CSV file. */
export function ResearchTable({ items }: { items: ResearchChildOut[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (pseudonym: string) => cache.fetchQuery(researchChildQuery(pseudonym)),
    onSuccess: (child) => {
      saveText(`${child.pseudonym}.csv`, toCsv(child));
    },
  });
  return (
    <>
      {save.isError && <ErrorState error={save.error} />}
      <Table verticalSpacing="xs" className={stacked.table} aria-label={t("research.table")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("research.pseudonym")}</Table.Th>
            <Table.Th>{t("research.sex")}</Table.Th>
            <Table.Th>{t("research.age")}</Table.Th>
            <Table.Th>{t("research.sessions")}</Table.Th>
            <Table.Th>
              <span className="unseen">{t("research.figures")}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((child) => (
            <Table.Tr key={child.pseudonym}>
              <Table.Td data-label={t("research.pseudonym")}>{child.pseudonym}</Table.Td>
              <Table.Td data-label={t("research.sex")}>{sexWords(child)}</Table.Td>
              <Table.Td data-label={t("research.age")}>{ages(child)}</Table.Td>
              <Table.Td data-label={t("research.sessions")}>{child.n_sessions}</Table.Td>
              <Table.Td>
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t("research.save_of", { pseudonym: child.pseudonym })}
                  loading={save.isPending && save.variables === child.pseudonym}
                  onClick={() => {
                    save.mutate(child.pseudonym);
                  }}
                >
                  {t("research.save")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
