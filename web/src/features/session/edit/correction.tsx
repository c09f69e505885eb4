import { lazy, Suspense, type ComponentProps } from "react";
import type { SessionOut } from "@/api/schema";
import { CodeDialog } from "@/features/session/edit/code-dialog";
import { ConflictDialog } from "@/features/session/edit/conflict-dialog";
import { DraftOffer } from "@/features/session/edit/draft-offer";
import { EditBar } from "@/features/session/edit/edit-bar";
import { LineEditor } from "@/features/session/edit/line-editor";
import { LineTools } from "@/features/session/edit/line-tools";
import { SpeakersDialog } from "@/features/session/edit/speakers-dialog";
import type { Editor } from "@/features/session/edit/use-editor";
import { Transcript } from "@/features/session/transcript/transcript";

const HistoryPanel = lazy(() => import("@/features/session/edit/history-panel"));

interface CorrectionProps extends ComponentProps<typeof Transcript> {
  session: SessionOut;
  editor: Editor;
  onLoop: (() => void) | undefined;
}

/** The transcript with what corrects it; just the transcript for who may not. */
export function Correction({ session, editor, onLoop, ...transcript }: CorrectionProps) {
  const { allowed, dialog, line, picked, setPicked, write, writing } = editor;
  if (!allowed) return <Transcript {...transcript} />;
  const isWritten = line !== undefined && writing?.index === line.index;
  return (
    <>
      <DraftOffer editor={editor} />
      <Transcript
        {...transcript}
        picked={picked}
        onPick={setPicked}
        onWrite={write}
        bar={<EditBar editor={editor} version={session.version} />}
        inPlace={
          isWritten && (
            <LineEditor
              key={`${writing.index}:${writing.base}`}
              editor={editor}
              writing={writing}
              line={line}
            />
          )
        }
        tools={
          line && (
            <LineTools
              editor={editor}
              line={line}
              speakers={session.participants}
              nameOf={transcript.nameOf}
              isLast={line.index === session.utterances.length - 1}
              onLoop={onLoop}
            />
          )
        }
      />
      <ConflictDialog editor={editor} version={session.version} />
      {dialog === "code" && <CodeDialog editor={editor} />}
      {dialog === "speakers" && <SpeakersDialog editor={editor} session={session} />}
      {dialog === "history" && (
        <Suspense>
          <HistoryPanel editor={editor} session={session} />
        </Suspense>
      )}
    </>
  );
}
