import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SearchOut } from "@/api/schema";
import { EmptyState, ErrorState, LoadingLines } from "@/components/states";
import { foundQuery } from "@/features/search/get-found";
import { Passage } from "@/features/search/passage";
import { SearchBox } from "@/features/search/search-box";

interface SearchViewProps {
  childId: string;
  /** What is looked for, as the address says; empty: nothing yet. */
  text: string;
  /** Sessions that have a recording. */
  heard: ReadonlySet<string>;
  onSearch: (text: string) => void;
}

/** Where something was talked about: in what was said, in notes and in insights. */
export function SearchView({ childId, text, heard, onSearch }: SearchViewProps) {
  const { t } = useTranslation();
  const found = useQuery({ ...foundQuery(childId, text), enabled: text !== "" });
  return (
    <div className="stack">
      <SearchBox key={text} text={text} isBusy={found.isFetching} onSearch={onSearch} />
      <div className="stack" aria-live="polite">
        {text === "" && <p className="quiet">{t("search.begin")}</p>}
        {text !== "" && found.isPending && <LoadingLines label={t("search.loading")} lines={3} height={90} />}
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && <Results answer={found.data} heard={heard} />}
      </div>
    </div>
  );
}

function Results({ answer, heard }: { answer: SearchOut; heard: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const count = answer.n_not_indexed;
  return (
    <>
      {count > 0 && (
        <p role="note" className="small">
          {t("search.not_indexed", { count })}
        </p>
      )}
      {answer.found.length === 0 ? (
        <EmptyState title={t("search.nothing")}>
          <p>{t("search.nothing_hint")}</p>
        </EmptyState>
      ) : (
        <ol className="plain stack" aria-label={t("search.results")}>
          {answer.found.map((one, i) => (
            <Passage key={i} found={one} plays={heard.has(one.session_id)} />
          ))}
        </ol>
      )}
      {isLexical(answer) && (
        <p role="note" className="small quiet">
          {t("search.lexical")}
        </p>
      )}
    </>
  );
}

/** Whether words and their forms were looked for, and no meanings. */
const isLexical = ({ embedder }: SearchOut): boolean => embedder.startsWith("lexical");
