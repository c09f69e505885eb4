import { Button, Table } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ResearchChildOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { researchChildQuery } from "@/features/research/get-research";
import { saveText, toCsv } from "@/features/research/to-csv";

const ages = ({ first_age_months: first, last_age_months: last }: ResearchChildOut) =>
  first === null || last === null ? "not known" : first === last ? `${first}` : `${first} to ${last}`;

/** One row a child; the figures come as a CSV file. */
export function ResearchTable({ items }: { items: ResearchChildOut[] }) {
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
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing="xs" aria-label="Children under pseudonyms">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Pseudonym</Table.Th>
              <Table.Th>Sex</Table.Th>
              <Table.Th>Age (months)</Table.Th>
              <Table.Th>Sessions</Table.Th>
              <Table.Th>
                <span className="unseen">Figures</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((child) => (
              <Table.Tr key={child.pseudonym}>
                <Table.Td>{child.pseudonym}</Table.Td>
                <Table.Td>{child.sex ?? "not given"}</Table.Td>
                <Table.Td>{ages(child)}</Table.Td>
                <Table.Td>{child.n_sessions}</Table.Td>
                <Table.Td>
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={`Save CSV of ${child.pseudonym}`}
                    loading={save.isPending && save.variables === child.pseudonym}
                    onClick={() => {
                      save.mutate(child.pseudonym);
                    }}
                  >
                    Save CSV
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
