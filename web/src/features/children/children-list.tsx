import { Button, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useRef, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { ChildOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ErrorState } from "@/components/states";
import { ChildRow } from "@/features/children/child-row";
import classes from "@/features/children/children.module.css";
import type { ChildrenFound } from "@/features/children/get-children";
import { measureTitle } from "@/lib/measures";

const rowsIn = (list: HTMLElement | null) => [...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];

/** Up and down walk the rows, and the button after the last. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step) return;
  const rows = rowsIn(event.currentTarget);
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

export function ChildrenList({ found, items, total }: ListProps & { total: number }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  return (
    <div className="stack">
      <div className={`row ${classes.above}`}>
        <TextInput
          ref={search}
          className={classes.search}
          type="search"
          aria-label={t("children.search")}
          placeholder={t("children.search_hint")}
          leftSection={<Icon name="search" size={16} />}
          value={found.words}
          onChange={(event) => {
            found.setWords(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") rowsIn(list.current)[0]?.focus();
          }}
        />
        <p role="status" className={total > 0 ? "quiet small" : undefined}>
          {total === 0
            ? t("children.no_match")
            : items.length < total
              ? t("children.shown", { shown: items.length, count: total })
              : t("children.count", { count: total })}
        </p>
      </div>
      {items.length > 0 && <Rows found={found} items={items} list={list} />}
    </div>
  );
}

interface ListProps {
  found: ChildrenFound;
  items: readonly ChildOut[];
}

function Rows({ found, items, list }: ListProps & { list: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation();
  const { query } = found;
  const more = async () => {
    await query.fetchNextPage();
    // The button may be gone: whoever pressed it goes on with the first of those that came.
    requestAnimationFrame(() => rowsIn(list.current)[items.length]?.focus());
  };
  return (
    // The rows' links take the focus; this only hears their arrow keys.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={list} onKeyDown={walk} className="stack">
      <div>
        <ColumnHeads measure={items[0] ? measureTitle(items[0].headline.measure) : ""} />
        <ul className={`plain ${classes.list}`} aria-label={t("children.title")}>
          {items.map((child) => (
            <ChildRow key={child.id} child={child} />
          ))}
        </ul>
      </div>
      {query.isFetchNextPageError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={query.isFetchingNextPage}
          onClick={() => void more()}
          data-row
        >
          {t("children.more")}
        </Button>
      )}
    </div>
  );
}

/** Headings for the eye; every cell says in words what it is. */
function ColumnHeads({ measure }: { measure: string }) {
  const { t } = useTranslation();
  return (
    <div className={`${classes.row} ${classes.head}`} aria-hidden="true">
      <span>{t("children.name")}</span>
      <span>{t("children.age")}</span>
      <span>{t("children.last_session")}</span>
      <span>{t("children.sessions")}</span>
      <span>{measure}</span>
    </div>
  );
}
