import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ClaimOut, EvidenceOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/components/evidence.module.css";
import { formatDate } from "@/lib/format";

const MOST_LINES = 4;

/** Utterances are counted from 1 for people, from 0 in the record. */
export const lineWords = (index: number) => `line ${index + 1}`;

interface ChipProps {
  evidence: EvidenceOut;
  /** The session that is open: its evidence plays here instead of leading away. */
  here?: string;
  plays?: boolean;
  onOpen?: (utterance: number) => void;
}

/** Where a sentence comes from: leads to the session and the line. */
export function EvidenceChips({ evidence, here, plays = false, onOpen }: ChipProps) {
  const shown = evidence.utterances.slice(0, MOST_LINES);
  const more = evidence.utterances.length - shown.length;
  // A week that was asked for and holds no session leads nowhere.
  if (!evidence.session) return null;
  if (here === evidence.session && onOpen)
    return (
      <span className={classes.group}>
        {shown.map((index) => (
          <button key={index} type="button" className={classes.chip} onClick={() => onOpen(index)}>
            <Icon name={plays ? "play" : "text"} size={12} />
            {lineWords(index)}
          </button>
        ))}
        {more > 0 && <More n={more} />}
      </span>
    );
  return (
    <span className={classes.group}>
      <SessionLink evidence={evidence} utterance={shown[0]}>
        {formatDate(evidence.date)}
        {shown[0] !== undefined && ` · ${lineWords(shown[0])}`}
      </SessionLink>
      {shown.slice(1).map((index) => (
        <SessionLink key={index} evidence={evidence} utterance={index}>
          {lineWords(index)}
        </SessionLink>
      ))}
      {more > 0 && <More n={more} />}
    </span>
  );
}

function More({ n }: { n: number }) {
  return <span className="small quiet">and {n.toLocaleString("en")} more</span>;
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

interface ClaimsProps {
  claims: ClaimOut[];
  evidence: EvidenceOut[];
  here?: string;
  plays?: boolean;
  onOpen?: (utterance: number) => void;
}

/** Sentences, each with the chips of its evidence. */
export function Claims({ claims, evidence, here, plays, onOpen }: ClaimsProps) {
  const known = new Map(evidence.map((item) => [item.id, item]));
  return (
    <ul className={`plain ${classes.claims}`}>
      {claims.map((claim, i) => (
        <li key={i}>
          <p dir="auto">{claim.text}</p>
          {claim.evidence.map((id) => {
            const item = known.get(id);
            return (
              item && <EvidenceChips key={id} evidence={item} here={here} plays={plays} onOpen={onOpen} />
            );
          })}
        </li>
      ))}
    </ul>
  );
}
