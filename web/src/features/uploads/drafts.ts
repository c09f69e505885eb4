// Which dropped files make which session.

const MEDIA = new Set("wav mp3 m4a aac ogg oga opus flac mp4 webm mov".split(" "));
const TRANSCRIPTS = new Set(["cha", "json", "eaf", "textgrid", "srt", "vtt"]);

/** What the file chooser offers. */
export const ACCEPTED = [...TRANSCRIPTS, ...MEDIA].map((ending) => `.${ending}`).join(",");

export interface Dropped {
  id: string;
  file: File;
  kind: "transcript" | "media";
  /** Its id among the recordings that this browser keeps; absent where it is a file. */
  kept?: string;
}

export interface Draft {
  id: string;
  transcript: Dropped | null;
  media: Dropped | null;
  files: Dropped[];
}

export interface Details {
  date: string;
  context: string;
  childOnly: boolean;
}

export const NO_DETAILS: Details = { date: "", context: "", childOnly: false };

/** Transcript id → recording id, or null where the person chose none. */
export type Pairs = Readonly<Record<string, string | null>>;

/** Whether two are one and the same file on this computer. */
export const isSame = (a: File, b: File): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

export function kindOf(name: string): Dropped["kind"] | null {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (TRANSCRIPTS.has(ending)) return "transcript";
  return MEDIA.has(ending) ? "media" : null;
}

const stem = (file: File) => file.name.replace(/\.[^.]*$/, "").toLowerCase();

/** Pair by name; a lone transcript and a lone recording belong together whatever their names. */
export function suggestPairs(files: readonly Dropped[], chosen: Pairs): Pairs {
  const pairs: Record<string, string | null> = { ...chosen };
  const taken = new Set(Object.values(pairs));
  const transcripts = files.filter((item) => item.kind === "transcript" && !(item.id in pairs));
  const media = files.filter((item) => item.kind === "media" && !taken.has(item.id));
  for (const transcript of transcripts) {
    const same = media.find((item) => !taken.has(item.id) && stem(item.file) === stem(transcript.file));
    const lone = transcripts.length === 1 && media.length === 1 ? media[0] : undefined;
    const match = same ?? lone;
    if (!match) continue;
    pairs[transcript.id] = match.id;
    taken.add(match.id);
  }
  return pairs;
}

/** One draft for each transcript and for each recording that no transcript has taken. */
export function draftsOf(files: readonly Dropped[], pairs: Pairs): Draft[] {
  const byId = new Map(files.map((item) => [item.id, item]));
  const taken = new Set<string>();
  const drafts: Draft[] = [];
  for (const transcript of files.filter((item) => item.kind === "transcript")) {
    const media = byId.get(pairs[transcript.id] ?? "") ?? null;
    if (media) taken.add(media.id);
    drafts.push({ id: transcript.id, transcript, media, files: media ? [transcript, media] : [transcript] });
  }
  for (const media of files.filter((item) => item.kind === "media" && !taken.has(item.id)))
    drafts.push({ id: media.id, transcript: null, media, files: [media] });
  return drafts;
}
