import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import type { DoubtfulLineOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { isDone } from "@/features/session/review/queue";
import { reasonWords } from "@/features/session/review/reasons";
import classes from "@/features/session/review/review.module.css";

/** The doubtful lines of the transcript that is shown, by index. */
export const Doubts = createContext<ReadonlyMap<number, DoubtfulLineOut>>(new Map());

/** Beside a line: why it deserves a look, in two words; the whole on hover and for who listens. */
export function LineDoubt({ index }: { index: number }) {
  const { t } = useTranslation();
  const line = useContext(Doubts).get(index);
  const first = line?.reasons[0];
  if (line === undefined || first === undefined) return null;
  const whole = line.reasons.map(reasonWords).join(" ");
  if (isDone(line))
    return (
      <span className={classes.done} title={whole}>
        <Icon name="check" size={14} />
        <span className="unseen">{t("review.done")}</span>
      </span>
    );
  return (
    <span className={classes.doubt} title={whole}>
      <Icon name="unsure" size={14} />
      <span aria-hidden="true">{t(`review.short.${first.code}`)}</span>
      <span className="unseen">{whole}</span>
    </span>
  );
}
