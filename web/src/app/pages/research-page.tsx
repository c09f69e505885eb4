import { useQuery } from "@tanstack/react-query";
import { usePageTitle } from "@/components/page-title";
import { EmptyState, LoadingLines, PageError } from "@/components/states";
import { researchQuery } from "@/features/research/get-research";
import { ResearchTable } from "@/features/research/research-table";

/** Home of researchers: children whose families agreed, under pseudonyms. */
export function ResearchPage() {
  usePageTitle("Research");
  const children = useQuery(researchQuery);
  if (children.isError) return <PageError error={children.error} onRetry={() => void children.refetch()} />;
  return (
    <div className="stack">
      <h1>Research</h1>
      <p className="quiet">
        Figures of the children whose families agreed to research, under pseudonyms: ages instead of dates, no
        names, no words, no recordings. A child disappears here as soon as the family withdraws.
      </p>
      {children.isPending && <LoadingLines label="The children are being loaded" />}
      {children.data?.length === 0 && <EmptyState title="No family has agreed yet" />}
      {!!children.data?.length && <ResearchTable items={children.data} />}
    </div>
  );
}
