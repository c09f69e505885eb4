import { Fragment } from "react";

/** A sentence of the server, in which commands stand between backticks. */
export function PlainWords({ text }: { text: string }) {
  return text
    .split("`")
    .map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : <Fragment key={i}>{part}</Fragment>));
}
