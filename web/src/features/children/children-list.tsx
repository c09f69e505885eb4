import { TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ChildOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ChildRow } from "@/features/children/child-row";
import classes from "@/features/children/children.module.css";
import { measureTitle } from "@/lib/measures";

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Children whose name holds the words, accents and case aside. */
export function matching(children: readonly ChildOut[], words: string): ChildOut[] {
  return children.filter((child) => fold(child.name).includes(fold(words.trim())));
}

/** Up and down walk the rows. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

export function ChildrenList({ items }: { items: ChildOut[] }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  const shown = matching(items, words);
  return (
    <div className="stack">
      <TextInput
        ref={search}
        className={classes.search}
        type="search"
        aria-label={t("children.search")}
        placeholder={t("children.search_hint")}
        leftSection={<Icon name="search" size={16} />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") list.current?.querySelector<HTMLElement>("[data-row]")?.focus();
        }}
      />
      {shown.length === 0 && <p role="status">{t("children.no_match")}</p>}
      {shown.length > 0 && (
        <div>
          <ColumnHeads measure={shown[0] ? measureTitle(shown[0].headline.measure) : ""} />
          {/* The rows' links take the focus; the list only hears their arrow keys. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <ul
            className={`plain ${classes.list}`}
            ref={list}
            onKeyDown={walk}
            aria-label={t("children.title")}
          >
            {shown.map((child) => (
              <ChildRow key={child.id} child={child} />
            ))}
          </ul>
        </div>
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
