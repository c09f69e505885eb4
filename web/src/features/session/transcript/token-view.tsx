import type { ReactNode } from "react";
import type { TokenOut } from "@/api/schema";
import classes from "@/features/session/transcript/transcript.module.css";

const DOUBTFUL = 0.6;

/** How CHAT's ends of an utterance read. */
const TERMINATORS: Readonly<Record<string, string>> = {
  "+...": "…",
  "+..?": "…?",
  "+/.": " —",
  "+/?": " —?",
  "+//.": " —",
  "+//?": " —?",
  "+!?": "?!",
  '+"/.': ":",
  '+".': ".",
};

/** Whether a token stands close to the one before it. */
export const isTight = (token: TokenOut): boolean =>
  token.kind === "terminator" || token.kind === "separator";

/** Kinds that say nothing to a reader; the CHAT view shows them. */
export const isHidden = (token: TokenOut): boolean => token.kind === "linker" || token.kind === "marker";

function doubtWords(token: TokenOut): string | undefined {
  if (token.probability === null || token.probability === undefined || token.probability >= DOUBTFUL)
    return undefined;
  return `Recognised with little confidence (${Math.round(token.probability * 100)} %)`;
}

function aside(text: string, why: string): ReactNode {
  return (
    <span className={classes.aside} title={why}>
      {text}
    </span>
  );
}

/** What a token looks like to a reader. */
function textOf(token: TokenOut): ReactNode {
  switch (token.kind) {
    case "filler":
      return aside(token.text, "Filler");
    case "fragment":
      return aside(`${token.text}–`, "A word that was begun");
    case "nonword":
      return aside(token.text, "Not a word");
    case "omitted":
      return aside(`[${token.text}]`, "Expected here, not said");
    case "action":
      return aside("(acts without words)", "An action");
    case "unintelligible":
      return <Unclear why="xxx: could not be understood">unclear</Unclear>;
    case "phonological":
      return <Unclear why="yyy: the sounds are coded, the word is not known">unclear</Unclear>;
    case "untranscribed":
      return <Unclear why="www: left out by the transcriber">not transcribed</Unclear>;
    case "event":
      return aside(`(${token.text.replaceAll(":", " ").replaceAll("_", " ")})`, "Heard, not said");
    case "interposed":
      return aside(`(${token.text})`, "Another speaker's short word");
    case "pause":
      return aside(
        /\d/.test(token.raw) ? `(pause ${token.raw.replace(/[()]/g, "")} s)` : "(pause)",
        `Pause ${token.raw}`,
      );
    case "terminator":
      return TERMINATORS[token.raw] ?? token.raw;
    case "other":
      return <span className="chat">{token.raw}</span>;
    default:
      return token.text;
  }
}

function Unclear({ why, children }: { why: string; children: string }) {
  return (
    <span className={classes.unclear} title={why}>
      {children}
    </span>
  );
}

/** One token: struck where it was taken back, with the target beside a word that was said otherwise. */
export function TokenView({ token }: { token: TokenOut }) {
  const doubt = doubtWords(token);
  let view = textOf(token);
  if (doubt)
    view = (
      <span className={classes.doubtful} title={doubt}>
        {view}
      </span>
    );
  if (token.retraced)
    view = (
      <s className={classes.retraced} title="Said again or taken back">
        {view}
      </s>
    );
  if (!token.replacement) return view;
  return (
    <>
      {view}
      <span className={classes.replacement} title="What was meant">
        {" "}
        → {token.replacement}
      </span>
    </>
  );
}
