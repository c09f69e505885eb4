import type { SessionOut, UtteranceOut } from "@/api/schema";

export type ToldRole = "child" | "adult" | "other";

/** A stretch in which one voice is heard alone, and what it says there. */
export interface Sample {
  start_s: number;
  end_s: number;
}

export interface Voice {
  code: string;
  /** What it is said or known to be; null: unknown. */
  role: ToldRole | null;
  n_lines: number;
  /** Its words in the line that the first sample is from. */
  words: string;
  samples: Sample[];
}

const LEAST_S = 3;
const MOST_S = 5;
const N_SAMPLES = 4;

const ROLES: Partial<Record<string, ToldRole>> = { Target_Child: "child", Adult: "adult", Other: "other" };
const AFTERWARDS = new Set(["speakers.told", "speakers.known"]);

/** The voices to ask about: recognised, or from tiers and captions, where roles are unknown or were told. */
export function voicesOf(session: SessionOut): Voice[] {
  if (!session.takes_roles) return [];
  const voices = [...new Set(session.utterances.map((line) => line.speaker))].map((code) =>
    voiceOf(session, code),
  );
  const told = session.warnings.some((warning) => AFTERWARDS.has(warning.code));
  return told || voices.some((voice) => voice.role === null) ? voices : [];
}

/** What is not known of who speaks: nothing, some voices, or which one is the child's. */
export function unknownOf(session: SessionOut): "nobody" | "some" | "child" {
  if (!voicesOf(session).some((voice) => voice.role === null)) return "nobody";
  return session.target === null ? "child" : "some";
}

function voiceOf(session: SessionOut, code: string): Voice {
  const person = session.participants.find((participant) => participant.code === code);
  const lines = session.utterances.filter((line) => line.speaker === code);
  const telling = bestLines(lines, session.utterances);
  return {
    code,
    role: ROLES[person?.role ?? ""] ?? null,
    n_lines: lines.length,
    words: (telling[0] ?? lines[0])?.text ?? "",
    samples: telling.slice(0, N_SAMPLES).map(sampleOf),
  };
}

const length = (line: UtteranceOut) => ((line.end_ms ?? 0) - (line.start_ms ?? 0)) / 1000;

/** Lines with times, best first: those that nobody else talks into, and long enough to know a voice by. */
function bestLines(lines: readonly UtteranceOut[], all: readonly UtteranceOut[]): UtteranceOut[] {
  const timed = lines.filter((line) => line.start_ms !== null && length(line) > 0);
  const score = (line: UtteranceOut) => Math.min(length(line), LEAST_S) - (isAlone(line, all) ? 0 : MOST_S);
  return timed.toSorted((a, b) => score(b) - score(a) || a.index - b.index);
}

function isAlone(line: UtteranceOut, all: readonly UtteranceOut[]): boolean {
  const { start_ms, end_ms, speaker } = line;
  return !all.some(
    (other) =>
      other.speaker !== speaker &&
      (other.start_ms ?? Infinity) < (end_ms ?? 0) &&
      (other.end_ms ?? 0) > (start_ms ?? 0),
  );
}

function sampleOf(line: UtteranceOut): Sample {
  const start_s = (line.start_ms ?? 0) / 1000;
  return { start_s, end_s: start_s + Math.min(length(line), MOST_S) };
}
