import { useCallback, useEffect, useRef, useState } from "react";
import { keptRecordings, type KeptRecordings } from "@/features/uploads/recorder/kept-recordings";
import { MicrophoneProblem, openMicrophone, soundKind } from "@/features/uploads/recorder/microphone";
import { Take, type Taken, type TakeState } from "@/features/uploads/recorder/take";

export interface Recorder {
  /** The recording that is being made; null when there is none. */
  take: Take | null;
  state: TakeState | null;
  /** The browser asks for leave to use the microphone. */
  opening: boolean;
  problem: MicrophoneProblem | null;
  start: () => Promise<void>;
}

/** Keep a phone's screen on: a locked one ends the recording. It lets go by itself when the page is left. */
async function stayAwake(): Promise<(() => void) | null> {
  try {
    const lock = await navigator.wakeLock.request("screen");
    return () => void lock.release();
  } catch {
    return null; // an older browser, or a battery that is low: the recording goes on without it
  }
}

/** Recording by the microphone; what is recorded goes to `onEnd`. */
export function useRecorder(
  child: string,
  owner: string | null,
  onEnd: (taken: Taken) => void,
  store: KeptRecordings = keptRecordings,
): Recorder {
  const [take, setTake] = useState<Take | null>(null);
  const [state, setState] = useState<TakeState | null>(null);
  const [opening, setOpening] = useState(false);
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null);
  const running = useRef<Take | null>(null);

  const start = useCallback(async () => {
    if (owner === null) return;
    setProblem(null);
    setOpening(true);
    try {
      const stream = await openMicrophone();
      const letSleep = await stayAwake();
      const made = new Take({ child, owner }, stream, soundKind() ?? { mime: "", ending: "webm" }, {
        store,
        onChange: setState,
        onEnd: (taken) => {
          letSleep?.();
          running.current = null;
          setTake(null);
          setState(null);
          onEnd(taken);
        },
      });
      running.current = made;
      setTake(made);
      setState({ phase: "recording", elapsed_s: 0, unkept: false });
    } catch (error) {
      setProblem(error instanceof MicrophoneProblem ? error : new MicrophoneProblem("unsupported"));
    } finally {
      setOpening(false);
    }
  }, [child, owner, onEnd, store]);

  // Whoever leaves the page has ended the recording; it is offered on return.
  useEffect(
    () => () => {
      running.current?.stop();
    },
    [],
  );
  return { take, state, opening, problem, start };
}
