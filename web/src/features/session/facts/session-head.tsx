import { useTranslation } from "react-i18next";
import type { ChildOut, SessionOut } from "@/api/schema";
import { PageHead } from "@/components/page-head";
import { TranscriptState } from "@/components/transcript-state";
import { ProvenanceButton } from "@/features/session/facts/provenance";
import { formatAge, formatDate, formatDuration } from "@/lib/format";

/** Which session this is, and what made it. */
export function SessionHead({ session, child }: { session: SessionOut; child: ChildOut | undefined }) {
  const { t } = useTranslation();
  const facts = [
    session.week !== null && t("facts.week", { week: session.week }),
    session.age_months !== null && t("facts.old", { age: formatAge(session.age_months) }),
    session.duration_s !== null && formatDuration(session.duration_s),
    t("common.utterances", { count: session.n_utterances }),
  ].filter(Boolean);
  return (
    <PageHead
      child={{ id: session.child_id, name: child?.name ?? t("facts.the_child") }}
      title={
        <>
          {child && (
            <>
              <bdi>{child.name}</bdi>,{" "}
            </>
          )}
          {session.date ? formatDate(session.date) : <bdi>{session.source}</bdi>}
        </>
      }
    >
      {session.context && <p dir="auto">{session.context}</p>}
      <div className="row quiet" style={{ gap: "0.2rem 0.75rem" }}>
        <span>{facts.join(" · ")}</span>
        <span dir="auto" style={{ overflowWrap: "anywhere" }}>
          {session.source}
        </span>
        <TranscriptState state={session.transcript} />
        <ProvenanceButton provenance={session.provenance} />
      </div>
    </PageHead>
  );
}
