import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ClaimOut, EvidenceOut } from "@/api/schema";
import { Icon, type IconName } from "@/components/icons";
import classes from "@/components/evidence.module.css";
import { formatDate } from "@/lib/format";
import { texts } from "@/texts";

const MOST_LINES = 4;

/** Utterances are counted from 1 for people, from 0 in the record. */
export const lineWords = (index: number) => texts.t("common.line", { number: index + 1 });

/** The session that is open: its evidence is shown in place instead of leading away. */
export interface Here {
  session: string;
  plays: boolean;
  onLine: (utterance: number) => void;
  onMeasure: (measure: string) => void;
}

interface ChipProps {
  evidence: EvidenceOut;
  here?: Here;
}

/** Where a sentence comes from: the session and its lines, or all lines of a measure at once. */
export function EvidenceChips({ evidence, here }: ChipProps) {
  const { t } = useTranslation();
  // A week that was asked for and holds no session leads nowhere.
  if (!evidence.session) return null;
  const many = evidence.utterances.length > MOST_LINES;
  const shown = many ? evidence.utterances.slice(0, MOST_LINES) : evidence.utterances;
  const all = many && evidence.measure ? t("common.lines", { count: evidence.utterances.length }) : null;
  const whole = all ?? (shown.length === 0 && evidence.measure ? t("components.evidence.measure") : null);
  return (
    <span className={classes.group}>
      {here?.session === evidence.session ? (
        <HereChips here={here} lines={shown} all={whole} measure={evidence.measure} />
      ) : (
        <AwayChips evidence={evidence} lines={shown} all={all} />
      )}
      {many && !all && <More n={evidence.utterances.length - shown.length} />}
    </span>
  );
}

interface HereChipsProps {
  here: Here;
  lines: readonly number[];
  all: string | null;
  measure: string | null;
}

function HereChips({ here, lines, all, measure }: HereChipsProps) {
  if (all && measure)
    return (
      <Chip
        icon="text"
        onClick={() => {
          here.onMeasure(measure);
        }}
      >
        {all}
      </Chip>
    );
  return lines.map((index) => (
    <Chip
      key={index}
      icon={here.plays ? "play" : "text"}
      onClick={() => {
        here.onLine(index);
      }}
    >
      {lineWords(index)}
    </Chip>
  ));
}

function Chip({ icon, onClick, children }: { icon: IconName; onClick: () => void; children: string }) {
  return (
    <button type="button" className={classes.chip} onClick={onClick}>
      <Icon name={icon} size={12} />
      {children}
    </button>
  );
}

function AwayChips({
  evidence,
  lines,
  all,
}: {
  evidence: EvidenceOut;
  lines: readonly number[];
  all: string | null;
}) {
  const [first, ...rest] = all ? [] : lines;
  const what = all ?? (first === undefined ? null : lineWords(first));
  return (
    <>
      <SessionLink evidence={evidence} utterance={first}>
        {[formatDate(evidence.date), what].filter(Boolean).join(" · ")}
      </SessionLink>
      {rest.map((index) => (
        <SessionLink key={index} evidence={evidence} utterance={index}>
          {lineWords(index)}
        </SessionLink>
      ))}
    </>
  );
}

function More({ n }: { n: number }) {
  const { t } = useTranslation();
  return <span className="small quiet">{t("components.evidence.more", { n })}</span>;
}

interface SessionLinkProps {
  evidence: EvidenceOut;
  utterance: number | undefined;
  children: ReactNode;
}

function SessionLink({ evidence, utterance, children }: SessionLinkProps) {
  return (
    <Link
      to="/sessions/$sessionId"
      params={{ sessionId: evidence.session }}
      hash={utterance === undefined ? undefined : `u${utterance}`}
      search={evidence.measure ? { measure: evidence.measure } : {}}
      className={classes.chip}
    >
      {children}
    </Link>
  );
}

/** Figures that are cited and are no measures of a session page: the week, a difference, a minimum. */
const isFigure = (name: string): boolean =>
  name.includes(".") || ["week", "weeks_without_session", "sessions_in_week"].includes(name);

/** One chip group for each session that a sentence rests on, with all of its lines. */
function bySession(ids: readonly string[], known: ReadonlyMap<string, EvidenceOut>): EvidenceOut[] {
  const groups = new Map<string, EvidenceOut>();
  for (const item of ids.flatMap((id) => known.get(id) ?? [])) {
    const before = groups.get(item.session);
    const utterances = [...new Set([...(before?.utterances ?? []), ...item.utterances])];
    const own = item.measure && !isFigure(item.measure) ? item.measure : null;
    groups.set(item.session, { ...item, measure: before?.measure ?? own, utterances });
  }
  return [...groups.values()];
}

interface ClaimsProps {
  claims: ClaimOut[];
  evidence: EvidenceOut[];
  here?: Here;
}

/** Sentences, each with the chips of its evidence. */
export function Claims({ claims, evidence, here }: ClaimsProps) {
  const known = new Map(evidence.map((item) => [item.id, item]));
  return (
    <ul className={`plain ${classes.claims}`}>
      {claims.map((claim, i) => (
        <li key={i}>
          <p dir="auto" lang="en">
            {claim.text}
          </p>
          {bySession(claim.evidence, known).map((item) => (
            <EvidenceChips key={item.session} evidence={item} here={here} />
          ))}
        </li>
      ))}
    </ul>
  );
}
