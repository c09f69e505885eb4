import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ChildOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { formatAge, formatDate } from "@/lib/format";

/** Who the child is. */
export function ChildHead({ child }: { child: ChildOut }) {
  const { t } = useTranslation();
  const known = child.sex === "female" || child.sex === "male" ? child.sex : null;
  const facts = [
    child.age_months === null ? null : t("child.at_last_session", { age: formatAge(child.age_months) }),
    known ? t(`child.sexes.${known}`) : child.sex,
    child.birth_date && t("child.born", { date: formatDate(child.birth_date) }),
    child.n_sessions > 0 && t("common.sessions", { count: child.n_sessions }),
  ].filter(Boolean);
  return (
    <header>
      <Link to="/" className="small row" style={{ gap: "0.2rem", width: "fit-content" }}>
        <Icon name="back" size={14} />
        {t("child.back")}
      </Link>
      <h1 style={{ overflowWrap: "anywhere", marginTop: "0.35rem" }}>
        <bdi>{child.name}</bdi>
      </h1>
      {facts.length > 0 && <p className="quiet">{facts.join(" · ")}</p>}
    </header>
  );
}
