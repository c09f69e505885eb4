import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ChildOut, SessionOut } from "@/api/schema";
import { Icon } from "@/components/icons";
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
    <header>
      <Link
        to="/children/$childId"
        params={{ childId: session.child_id }}
        className="small row"
        style={{ gap: "0.2rem", width: "fit-content" }}
      >
        <Icon name="back" size={14} />
        <bdi>{child?.name ?? t("facts.the_child")}</bdi>
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
        <TranscriptState state={session.transcript} />
        <ProvenanceButton provenance={session.provenance} />
      </div>
    </header>
  );
}
