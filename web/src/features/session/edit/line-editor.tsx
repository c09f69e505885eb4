import { Button, Textarea } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { UtteranceOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import classes from "@/features/session/edit/edit.module.css";
import { tokenAtCaret } from "@/features/session/edit/picking";
import { plainOf } from "@/features/session/edit/plain-text";
import type { Editor } from "@/features/session/edit/use-editor";
import { useSpoken } from "@/features/session/spoken";
import { giveFocusBack } from "@/features/session/transcript/line-focus";
import type { Draft } from "@/lib/drafts";

interface LineEditorProps {
  editor: Editor;
  writing: Draft;
  line: UtteranceOut;
}

/** A line's own words in CHAT, in place; what is typed outlives the tab until it is saved or dropped. */
export function LineEditor({ editor, writing, line }: LineEditorProps) {
  const { t } = useTranslation();
  const spoken = useSpoken();
  const [text, setText] = useState(writing.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const { state, drafts } = editor;
  const busy = state.kind === "saving";
  const failed = state.kind === "failed" && state.wish.what === "line" ? state.error : null;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    area.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    const there = place.current;
    return () => {
      if (there) giveFocusBack(there);
    };
  }, []);
  // What was wrong with the text, too, is to be in view.
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, [failed]);

  const type = (now: string) => {
    setText(now);
    if (now === writing.base) drafts.drop(writing);
    else drafts.keep({ ...writing, text: now });
  };
  const save = (next: boolean) => {
    void editor.save(text.trim().replace(/\s+/g, " "), next);
  };
  const drop = () => {
    drafts.drop(writing);
    editor.leave();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") editor.leave();
    else if (event.key === "Enter" && !event.shiftKey) save(event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const split = () => {
    const at = tokenAtCaret(line, area.current?.selectionStart ?? 0);
    if (at === null) return;
    editor.leave();
    void editor.act({ what: "split", index: line.index, at });
  };
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a click here is not a wish to hear the line
    <div
      ref={place}
      className={classes.editor}
      onClick={(event) => {
        event.stopPropagation();
      }}
    >
      <Textarea
        ref={area}
        aria-label={t("session.edit.text", { line: line.index + 1 })}
        description={t("session.edit.how")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        classNames={{ input: `chat ${classes.area ?? ""}` }}
        rows={1}
        spellCheck={false}
        lang={spoken}
        value={text}
        readOnly={busy}
        onChange={(event) => {
          type(event.currentTarget.value);
        }}
        onKeyDown={press}
      />
      <p className={classes.preview} dir="auto">
        <span className="quiet small">{t("session.edit.reads")} </span>
        <span lang={spoken}>{plainOf(text, t("session.edit.unclear_word"))}</span>
      </p>
      {failed && <ErrorState error={failed} />}
      <div className="row">
        <Button
          size="compact-sm"
          loading={busy}
          onClick={() => {
            save(false);
          }}
        >
          {t("session.edit.save")}
        </Button>
        <Button size="compact-sm" variant="default" disabled={text !== line.raw || busy} onClick={split}>
          {t("session.edit.split_here")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" disabled={busy} onClick={drop}>
          {t("session.edit.drop")}
        </Button>
      </div>
    </div>
  );
}
