import { hold } from "@/features/uploads/recorder/held";
import { fileOf, type Kept, type KeptRecordings } from "@/features/uploads/recorder/kept-recordings";
import type { SoundKind } from "@/features/uploads/recorder/microphone";

export const LIMIT_S = 300;
const PIECE_MS = 1000;
const LOOK_MS = 200;
/** Opus at this rate changes pitch, level and jitter less than a step back from the microphone does. */
const BITS_PER_S = 128_000;

export interface Taken {
  kept: Kept;
  file: File;
}

export interface TakeState {
  phase: "recording" | "paused" | "ended";
  elapsed_s: number;
  /** A piece could not be kept in this browser: a killed tab would lose it. */
  unkept: boolean;
}

export interface TakeParts {
  store: KeptRecordings;
  /** Told at each change. */
  onChange: (state: TakeState) => void;
  onEnd: (taken: Taken) => void;
}

/** One recording while it is being made: each second is kept as it comes. */
export class Take {
  private state: TakeState = { phase: "recording", elapsed_s: 0, unkept: false };
  private readonly kept: Kept;
  private readonly recorder: MediaRecorder;
  private readonly pieces: Blob[] = [];
  private readonly release: () => void;
  private writing: Promise<void>;
  private before_s = 0;
  private since = performance.now();
  private readonly looking: ReturnType<typeof setInterval>;

  constructor(
    of: Pick<Kept, "child" | "owner">,
    readonly stream: MediaStream,
    { mime, ending }: SoundKind,
    private readonly parts: TakeParts,
  ) {
    this.kept = { id: crypto.randomUUID(), ...of, mime, ending, started: Date.now(), length_s: 0 };
    this.release = hold(this.kept.id);
    this.writing = this.keep(parts.store.begin(this.kept));
    this.recorder = new MediaRecorder(stream, { mimeType: mime, audioBitsPerSecond: BITS_PER_S });
    this.recorder.ondataavailable = ({ data }) => {
      this.take(data);
    };
    this.recorder.onstop = () => void this.finish();
    // A microphone that is unplugged ends the recording; what was recorded is there.
    stream.getAudioTracks().forEach((track) => {
      track.onended = this.stop;
    });
    this.recorder.start(PIECE_MS);
    this.looking = setInterval(this.look, LOOK_MS);
  }

  pause = () => {
    if (this.state.phase !== "recording") return;
    this.before_s = this.elapsed_s();
    this.recorder.pause();
    this.tell({ phase: "paused" });
  };

  resume = () => {
    if (this.state.phase !== "paused") return;
    this.since = performance.now();
    this.recorder.resume();
    this.tell({ phase: "recording" });
  };

  stop = () => {
    if (this.state.phase === "ended") return;
    this.before_s = this.elapsed_s();
    clearInterval(this.looking);
    this.tell({ phase: "ended" });
    // Where the browser has stopped it already, its last piece and its stop event are on their way.
    if (this.recorder.state !== "inactive") this.recorder.stop();
  };

  private elapsed_s(): number {
    const running = this.state.phase === "recording" ? (performance.now() - this.since) / 1000 : 0;
    return this.before_s + running;
  }

  private look = () => {
    const elapsed_s = this.elapsed_s();
    this.tell({ elapsed_s });
    if (elapsed_s >= LIMIT_S) this.stop();
  };

  private take(data: Blob) {
    if (data.size === 0) return;
    this.pieces.push(data);
    const length_s = this.elapsed_s();
    // One after the other: the pieces are numbered in the order in which they are written.
    this.writing = this.writing.then(() => this.keep(this.parts.store.add(this.kept.id, { data, length_s })));
  }

  private keep(work: Promise<void>): Promise<void> {
    return work.catch(() => {
      this.tell({ unkept: true });
    });
  }

  private async finish() {
    this.stop();
    this.stream.getTracks().forEach((track) => {
      track.stop();
    });
    await this.writing;
    this.release();
    const kept = { ...this.kept, length_s: this.elapsed_s() };
    this.parts.onEnd({ kept, file: fileOf(kept, new Blob(this.pieces)) });
  }

  private tell(part: Partial<TakeState>) {
    this.state = { ...this.state, ...part };
    this.parts.onChange(this.state);
  }
}
