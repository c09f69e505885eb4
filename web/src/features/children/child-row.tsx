import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ChildOut } from "@/api/schema";
import { Sparkline } from "@/components/sparkline";
import classes from "@/features/children/children.module.css";
import { formatAge, formatDate, formatUnit, formatValue } from "@/lib/format";
import { isFirm, measureTitle, sampleWords } from "@/lib/measures";

/** One child: who, when, how much, and where the headline measure stands. */
export function ChildRow({ child }: { child: ChildOut }) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        <Link to="/children/$childId" params={{ childId: child.id }} className={classes.link} data-row>
          <bdi>{child.name}</bdi>
        </Link>
        {child.n_jobs_open > 0 && (
          <span className={classes.job}>{t("children.in_work", { count: child.n_jobs_open })}</span>
        )}
      </span>
      <span className={classes.cell}>
        <span className="unseen">{t("children.age_label")}</span>
        {formatAge(child.age_months)}
      </span>
      <span className={classes.cell}>
        {child.last_session_date || child.n_sessions
          ? formatDate(child.last_session_date)
          : t("children.no_session")}
      </span>
      <span className={classes.cell}>{t("common.sessions", { count: child.n_sessions })}</span>
      <Headline child={child} />
    </li>
  );
}

function Headline({ child }: { child: ChildOut }) {
  const { t } = useTranslation();
  const { measure, recent, value, n, reliability, reason } = child.headline;
  if (value === null)
    return (
      <span className={`${classes.headline} quiet small`} lang="en">
        {reason ?? ""}
      </span>
    );
  return (
    <span className={classes.headline}>
      <Sparkline values={recent} />
      <span>
        <strong>{formatValue(value, measure.unit)}</strong>{" "}
        <span className="small">{formatUnit(measure.unit, value)}</span>
        <span className="small quiet" style={{ display: "block" }}>
          <span className={classes.measure}>{measureTitle(measure)}, </span>
          {[
            sampleWords(n, measure.n_unit),
            !isFirm({ value, n, reliability }) && t("common.reliability.rough_mark"),
          ]
            .filter(Boolean)
            .join(", ")}
        </span>
      </span>
    </span>
  );
}
