import { Link } from "@tanstack/react-router";
import type { ChildOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { formatAge, formatCount, formatDate } from "@/lib/format";

/** Who the child is. */
export function ChildHead({ child }: { child: ChildOut }) {
  const facts = [
    child.age_months === null ? null : `${formatAge(child.age_months)} old at the last session`,
    child.sex === "female" ? "girl" : child.sex === "male" ? "boy" : child.sex,
    child.birth_date && `born ${formatDate(child.birth_date)}`,
    child.n_sessions > 0 && formatCount(child.n_sessions, "session"),
  ].filter(Boolean);
  return (
    <header>
      <Link to="/" className="small row" style={{ gap: "0.2rem", width: "fit-content" }}>
        <Icon name="back" size={14} />
        Children
      </Link>
      <h1 style={{ overflowWrap: "anywhere", marginTop: "0.35rem" }}>
        <bdi>{child.name}</bdi>
      </h1>
      {facts.length > 0 && <p className="quiet">{facts.join(" · ")}</p>}
    </header>
  );
}
