import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, languageOf } from "@/api/client";
import { Icon } from "@/components/icons";
import { PlainWords } from "@/components/plain-words";
import classes from "@/components/states.module.css";

/** What happened and what to do, with a way to try again. */
export function ErrorState({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t, i18n } = useTranslation();
  const problem = error instanceof ApiProblem ? error.problem : null;
  return (
    <div role="alert" className={classes.problem}>
      <Icon name="note" size={20} />
      <div className={classes.words} lang={languageOf(error)}>
        <p dir="auto">
          <strong>
            {problem?.source ? `${problem.source}: ` : ""}
            <PlainWords text={error.message} />
          </strong>
        </p>
        {problem?.hint && (
          <p>
            <PlainWords text={problem.hint} />
          </p>
        )}
        {problem?.error_id && (
          <p lang={i18n.language}>{t("components.error_id", { id: problem.error_id })}</p>
        )}
        {onRetry && (
          <Button
            variant="default"
            size="xs"
            mt="xs"
            leftSection={<Icon name="retry" size={16} />}
            onClick={onRetry}
            lang={i18n.language}
          >
            {t("components.retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** In the place of a whole page. */
export function PageError({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <h1>{t("components.page_error")}</h1>
      <ErrorState error={error} onRetry={onRetry} />
    </div>
  );
}

interface EmptyStateProps {
  title: string;
  /** Whether it is all that the page holds. */
  isPage?: boolean;
  children?: ReactNode;
}

/** Nothing here yet, and how to begin. */
export function EmptyState({ title, isPage = false, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** Grey lines in the place of what is loading. */
export function LoadingLines({
  lines = 4,
  height = 44,
  label,
  isPage = false,
}: {
  lines?: number;
  height?: number;
  label: string;
  /** Whether they are all that the page holds: then what is loading is its heading. */
  isPage?: boolean;
}) {
  return (
    <div role="status" className="stack loading" style={{ gap: 10 }}>
      {isPage ? <h1 className="unseen">{label}</h1> : <span className="unseen">{label}</span>}
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={classes.bone} height={height} radius="md" />
      ))}
    </div>
  );
}
