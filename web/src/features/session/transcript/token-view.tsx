import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TokenOut } from "@/api/schema";
import classes from "@/features/session/transcript/transcript.module.css";
import { texts } from "@/texts";
import type en from "@/texts/en/session.json";

const DOUBTFUL = 0.6;

type Aside = Exclude<keyof Tokens, "pause_of" | "pause_code" | "doubt">;
type Tokens = (typeof en)["transcript"]["tokens"];

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

const OUR_WORDS = ["action", "unintelligible", "phonological", "untranscribed", "event", "pause"];

/** Whether it shows what was said, in the speaker's language; else it tells in the reader's what was heard. */
export const isSaid = (token: TokenOut): boolean => !OUR_WORDS.includes(token.kind);

function doubtWords(token: TokenOut): string | undefined {
  if (token.probability === null || token.probability === undefined || token.probability >= DOUBTFUL)
    return undefined;
  return texts.t("session.transcript.tokens.doubt", { percent: Math.round(token.probability * 100) });
}

function aside(text: string, why: string): ReactNode {
  return (
    <span className={classes.aside} title={why}>
      {text}
    </span>
  );
}

const say = (name: Aside): string => texts.t(`session.transcript.tokens.${name}`);

/** What a token looks like to a reader. */
function textOf(token: TokenOut): ReactNode {
  switch (token.kind) {
    case "filler":
      return aside(token.text, say("filler"));
    case "fragment":
      return aside(`${token.text}–`, say("fragment"));
    case "nonword":
      return aside(token.text, say("nonword"));
    case "omitted":
      return aside(`[${token.text}]`, say("omitted"));
    case "action":
      return aside(say("acts"), say("action"));
    case "unintelligible":
      return <Unclear why={say("unintelligible")}>{say("unclear")}</Unclear>;
    case "phonological":
      return <Unclear why={say("phonological")}>{say("unclear")}</Unclear>;
    case "untranscribed":
      return <Unclear why={say("untranscribed")}>{say("not_transcribed")}</Unclear>;
    case "event":
      return aside(`(${token.text.replaceAll(":", " ").replaceAll("_", " ")})`, say("event"));
    case "interposed":
      return aside(`(${token.text})`, say("interposed"));
    case "pause":
      return aside(
        /\d/.test(token.raw)
          ? texts.t("session.transcript.tokens.pause_of", { seconds: token.raw.replace(/[()]/g, "") })
          : say("pause"),
        texts.t("session.transcript.tokens.pause_code", { code: token.raw }),
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
  useTranslation(); // renders anew with the language
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
      <s className={classes.retraced} title={say("retraced")}>
        {view}
      </s>
    );
  if (!token.replacement) return view;
  return (
    <>
      {view}
      <span className={classes.replacement} title={say("meant")}>
        {" "}
        → {token.replacement}
      </span>
    </>
  );
}
