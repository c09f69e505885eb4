import { Link } from "@tanstack/react-router";
import type { ChildOut, SessionOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ProvenanceButton } from "@/features/session/facts/provenance";
import { formatAge, formatCount, formatDate, formatDuration } from "@/lib/format";

/** Which session this is, and what made it. */
export function SessionHead({ session, child }: { session: SessionOut; child: ChildOut | undefined }) {
  const facts = [
    session.week !== null && `week ${session.week}`,
    session.age_months !== null && `${formatAge(session.age_months)} old`,
    session.duration_s !== null && formatDuration(session.duration_s),
    formatCount(session.n_utterances, "utterance"),
  ].filter(Boolean);
  return (
    <header>
      <Link
        to="/children/$childId"
        params={{ childId: session.child_id }}
        className="small row"
        style={{ gap: "0.2rem", width: "fit-content" }}
      >
        <Icon name="back" size={14} />
        <bdi>{child?.name ?? "The child"}</bdi>
      </Link>
      <h1 style={{ marginTop: "0.35rem", overflowWrap: "anywhere" }}>
        {child && (
          <>
            <bdi>{child.name}</bdi>,{" "}
          </>
        )}
        {session.date ? formatDate(session.date) : <bdi>{session.source}</bdi>}
      </h1>
      {session.context && <p dir="auto">{session.context}</p>}
      <div className="row quiet" style={{ gap: "0.2rem 0.75rem" }}>
        <span>{facts.join(" · ")}</span>
        <span dir="auto" style={{ overflowWrap: "anywhere" }}>
          {session.source}
        </span>
        <ProvenanceButton provenance={session.provenance} />
      </div>
    </header>
  );
}
