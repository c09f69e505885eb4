import { Link } from "@tanstack/react-router";
import type { ChildOut } from "@/api/schema";
import { Sparkline } from "@/components/sparkline";
import classes from "@/features/children/children.module.css";
import { formatAge, formatCount, formatDate, formatUnit, formatValue } from "@/lib/format";
import { isFirm, sampleWords } from "@/lib/measures";

/** One child: who, when, how much, and where the headline measure stands. */
export function ChildRow({ child }: { child: ChildOut }) {
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        <Link to="/children/$childId" params={{ childId: child.id }} className={classes.link} data-row>
          <bdi>{child.name}</bdi>
        </Link>
        {child.n_jobs_open > 0 && (
          <span className={classes.job}>{formatCount(child.n_jobs_open, "recording")} being processed</span>
        )}
      </span>
      <span className={classes.cell}>
        <span className="unseen">Age at the last session: </span>
        {formatAge(child.age_months)}
      </span>
      <span className={classes.cell}>
        {child.last_session_date
          ? formatDate(child.last_session_date)
          : child.n_sessions
            ? "no date"
            : "no session yet"}
      </span>
      <span className={classes.cell}>{formatCount(child.n_sessions, "session")}</span>
      <Headline child={child} />
    </li>
  );
}

function Headline({ child }: { child: ChildOut }) {
  const { measure, points } = child.headline;
  const last = points.findLast((point) => point.value !== null);
  if (!last) return <span className={`${classes.headline} quiet small`}>{points.at(-1)?.reason ?? ""}</span>;
  return (
    <span className={classes.headline}>
      <Sparkline points={points} />
      <span>
        <strong>{formatValue(last.value, measure.unit)}</strong>{" "}
        <span className="small">{formatUnit(measure.unit, last.value)}</span>
        <span className="small quiet" style={{ display: "block" }}>
          <span className={classes.measure}>{measure.title}, </span>
          {[sampleWords(last.n, measure.n_unit), !isFirm(last) && "rough"].filter(Boolean).join(", ")}
        </span>
      </span>
    </span>
  );
}
