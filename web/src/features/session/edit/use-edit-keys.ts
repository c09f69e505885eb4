import { useMemo } from "react";
import type { ParticipantOut } from "@/api/schema";
import type { Editor } from "@/features/session/edit/use-editor";
import type { KeyActions } from "@/features/session/keys";

const NONE: Partial<KeyActions> = {};

/** What the keys of correction do now: nothing for who may not correct, little where no line is active. */
export function useEditKeys(editor: Editor, speakers: readonly ParticipantOut[]): Partial<KeyActions> {
  const { act, actions, allowed, setPicked } = editor;
  return useMemo(() => {
    if (!allowed) return NONE;
    const whole: Partial<KeyActions> = {
      undo: () => void act({ what: "undone" }),
      redo: () => void act({ what: "redone" }),
      leave: () => {
        setPicked(null);
      },
    };
    if (!actions) return whole;
    const give = (place: number) => {
      const code = speakers[place - 1]?.code;
      if (code !== undefined) actions.give(code);
    };
    return { ...whole, ...actions, give };
  }, [act, actions, allowed, setPicked, speakers]);
}
