import { Button, Kbd, Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DoubtfulLineOut, ReviewOut, SessionOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import { byWhom } from "@/features/session/review/by-whom";
import { useLook, useMarkReviewed } from "@/features/session/review/mark-review";
import { isDone, nextLine } from "@/features/session/review/queue";
import { Reasons } from "@/features/session/review/reasons";
import classes from "@/features/session/review/review.module.css";
import { REVIEW_KEYS, useReviewKeys } from "@/features/session/review/use-review-keys";

interface ReviewStripProps {
  session: SessionOut;
  review: ReviewOut;
  /** The line that is heard or chosen. */
  active: number | null;
  onOpen: (index: number) => void;
}

/** How many doubtful lines are left, a way through them, and the mark that all of it was reviewed. */
export function ReviewStrip({ session, review, active, onOpen }: ReviewStripProps) {
  const { t } = useTranslation();
  const look = useLook(session);
  const { lines, n_left } = review;
  const next = nextLine(lines, active);
  const open = lines.find((line) => line.index === active);
  const showNext = () => {
    if (n_left > 0 && next !== null) onOpen(next);
  };
  const mark = (looked_at: boolean) => {
    if (!open || look.isPending || n_left === 0) return;
    look.mutate({ index: open.index, looked_at }, looked_at ? { onSuccess: showNext } : {});
  };
  useReviewKeys({
    next: showNext,
    look: () => {
      if (open && !isDone(open)) mark(true);
    },
  });
  return (
    <section className={classes.strip} aria-label={t("review.title")}>
      <div className={classes.row}>
        <span role="status" className={classes.left}>
          <LeftWords review={review} />
        </span>
        {next !== null && n_left > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<Kbd size="xs">{REVIEW_KEYS.next}</Kbd>}
            onClick={showNext}
          >
            {t("review.next")}
          </Button>
        )}
        <WholeTranscript session={session} review={review} />
      </div>
      {lines.length > 0 && (
        <Progress
          size="sm"
          value={(100 * (lines.length - n_left)) / lines.length}
          aria-label={t("review.progress", { done: lines.length - n_left, count: lines.length })}
        />
      )}
      {open && review.reviewed === null && (
        <OpenLine
          line={open}
          busy={look.isPending}
          onLook={() => {
            mark(true);
          }}
          onUndo={() => {
            look.mutate({ index: open.index, looked_at: false });
          }}
        />
      )}
      {look.isError && <ErrorState error={look.error} />}
    </section>
  );
}

function LeftWords({ review }: { review: ReviewOut }) {
  const { t } = useTranslation();
  if (review.reviewed !== null)
    return (
      <>
        <Icon name="check" size={16} />{" "}
        <span dir="auto">{t("review.reviewed", { whom: byWhom(review.reviewed) })}</span>
      </>
    );
  if (review.lines.length === 0) return t("review.none");
  if (review.n_left === 0) return t("review.all_done");
  return <strong>{t("review.left", { count: review.n_left })}</strong>;
}

interface OpenLineProps {
  line: DoubtfulLineOut;
  busy: boolean;
  onLook: () => void;
  onUndo: () => void;
}

/** Why the open line deserves a look, and that it had one. */
function OpenLine({ line, busy, onLook, onUndo }: OpenLineProps) {
  const { t } = useTranslation();
  const words = line.looked_at ? t("review.looked", { whom: byWhom(line.looked_at) }) : t("review.edited");
  return (
    <div className={classes.row}>
      <span className={classes.why} dir="auto" role="status">
        <strong>{t("review.line", { number: line.index + 1 })}</strong> <Reasons line={line} />
        {isDone(line) && <span className="quiet">{words}</span>}
      </span>
      {!isDone(line) && (
        <Button
          size="compact-sm"
          rightSection={<Kbd size="xs">{REVIEW_KEYS.look}</Kbd>}
          loading={busy}
          onClick={onLook}
        >
          {t("review.look")}
        </Button>
      )}
      {line.looked_at !== null && (
        <Button size="compact-sm" variant="subtle" loading={busy} onClick={onUndo}>
          {t("review.unlook")}
        </Button>
      )}
    </div>
  );
}

/** The mark on the whole transcript; it can be taken back. */
function WholeTranscript({ session, review }: { session: SessionOut; review: ReviewOut }) {
  const { t } = useTranslation();
  const mark = useMarkReviewed(session);
  const isReviewed = review.reviewed !== null;
  return (
    <>
      <Button
        size="compact-sm"
        variant={isReviewed ? "subtle" : review.n_left === 0 ? "filled" : "default"}
        loading={mark.isPending}
        onClick={() => {
          mark.mutate(!isReviewed);
        }}
      >
        {t(isReviewed ? "review.reopen" : "review.mark")}
      </Button>
      {mark.isError && <ErrorState error={mark.error} />}
    </>
  );
}
