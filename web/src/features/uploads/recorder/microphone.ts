export type MicrophoneTrouble = "insecure" | "unsupported" | "refused" | "missing" | "busy";

/** The microphone cannot be used; what to do is in the catalogue under `uploads.microphone`. */
export class MicrophoneProblem extends Error {
  constructor(readonly trouble: MicrophoneTrouble) {
    super(trouble);
    this.name = "MicrophoneProblem";
  }
}

/** What a browser calls its reasons (W3C, Media Capture and Streams, getUserMedia). */
const REASONS: Readonly<Record<string, MicrophoneTrouble>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** First what every decoder reads; Safari gives only the second. */
const KINDS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4", "m4a"],
  ["audio/ogg;codecs=opus", "ogg"],
] as const;

export interface SoundKind {
  mime: string;
  ending: string;
}

/** How this browser records sound; null when it cannot. */
export function soundKind(): SoundKind | null {
  if (typeof MediaRecorder === "undefined") return null;
  const found = KINDS.find(([mime]) => MediaRecorder.isTypeSupported(mime));
  return found ? { mime: found[0], ending: found[1] } : null;
}

/** Ask for the microphone; throws a MicrophoneProblem. */
export async function openMicrophone(): Promise<MediaStream> {
  if (!window.isSecureContext) throw new MicrophoneProblem("insecure");
  if (!("mediaDevices" in navigator) || !soundKind()) throw new MicrophoneProblem("unsupported");
  try {
    return await navigator.mediaDevices.getUserMedia({
      // What calls are improved by would change level and pitch, which are measured.
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new MicrophoneProblem(REASONS[name] ?? "unsupported");
  }
}
