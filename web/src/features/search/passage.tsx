import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FoundOut } from "@/api/schema";
import evidence from "@/components/evidence.module.css";
import { Icon } from "@/components/icons";
import { formatDate } from "@/lib/format";
import { roleTitle } from "@/lib/speakers";

interface PassageProps {
  found: FoundOut;
  /** Whether the session has a recording to listen to. */
  plays: boolean;
}

/** A passage: when it was, who said what, and the way to it. */
export function Passage({ found, plays }: PassageProps) {
  const { t } = useTranslation();
  const date = formatDate(found.date);
  const when = found.week === null ? date : t("search.week_and_date", { week: found.week, date });
  const number = (found.first ?? 0) + 1;
  return (
    <li className="card stack" style={{ gap: "0.5rem" }}>
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h2 className="small" style={{ fontSize: "inherit" }}>
          {when}
        </h2>
        <span className="small quiet">{t(`search.kinds.${found.kind}`)}</span>
      </div>
      <Lines text={found.text} isSaid={found.kind === "said"} />
      <Link
        to="/sessions/$sessionId"
        params={{ sessionId: found.session_id }}
        hash={found.first === null ? undefined : `u${found.first}`}
        className={evidence.chip}
        style={{ width: "fit-content" }}
      >
        <Icon name={plays ? "play" : "text"} size={12} />
        {found.first === null
          ? t("search.open")
          : t(plays ? "search.listen" : "search.read", { number, when: date })}
      </Link>
    </li>
  );
}

/** One line for each utterance, with who speaks. */
function Lines({ text, isSaid }: { text: string; isSaid: boolean }) {
  return (
    <div className="stack" style={{ gap: "0.15rem", overflowWrap: "anywhere" }}>
      {text.split("\n").map((line, i) => (
        <p key={i} dir="auto">
          <Line line={line} isSaid={isSaid} />
        </p>
      ))}
    </div>
  );
}

function Line({ line, isSaid }: { line: string; isSaid: boolean }) {
  const end = isSaid ? line.indexOf(": ") : -1;
  if (end < 0) return line;
  return (
    <>
      <strong>{roleTitle(line.slice(0, end))}:</strong>
      {line.slice(end + 1)}
    </>
  );
}
