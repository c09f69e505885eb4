import type {
  ChildOut,
  ChildrenOut,
  HeadlineOut,
  HomeOut,
  JobOut,
  MeasureInfoOut,
  MeasureOut,
  ParticipantOut,
  SeriesOut,
  ProgressOut,
  ProgressPointOut,
  SeriesPointOut,
  SessionOut,
  TokenOut,
  UtteranceOut,
} from "@/api/schema";

// Records as the server sends them, with room to say only what a test is about.

export const info = (part: Partial<MeasureInfoOut> = {}): MeasureInfoOut => ({
  id: "mlu_words",
  title: "MLU in words",
  family: "length",
  unit: "words/utterance",
  description: "Words per utterance.",
  rule: "mlu_words.v1",
  minimum_n: 50,
  n_unit: "utterances",
  audience: "everyone",
  ...part,
});

export const measure = (part: Partial<MeasureOut> = {}): MeasureOut => ({
  id: "mlu_words",
  value: 2.5,
  unit: "words/utterance",
  n: 84,
  n_unit: "utterances",
  rule: "mlu_words.v1",
  sd: null,
  reason: null,
  reliability: "ok",
  utterances: [],
  ...part,
});

export const point = (part: Partial<SeriesPointOut> = {}): SeriesPointOut => ({
  session_id: "s1",
  date: "2026-03-04",
  week: 1,
  age_months: 30,
  context: null,
  value: 2.5,
  n: 84,
  sd: null,
  reason: null,
  reliability: "ok",
  ...part,
});

export const series = (points: SeriesPointOut[]): SeriesOut => ({ measure: info(), points });

export const progress = (points: ProgressPointOut[], part: Partial<ProgressOut> = {}): ProgressOut => ({
  measure: info(),
  verdict: "no_clear_change",
  basis: "two_sessions",
  told: ["No clear change: the difference of 0.20 words is within the 0.61 words."],
  warnings: [],
  error: { source: "rule", sem: 0.2, n: 50, n_sessions: 0 },
  trend: {
    n_sessions: points.length,
    slope_per_month: null,
    low: null,
    high: null,
    reason: "too_few_sessions",
  },
  points,
  ...part,
});

export const familyHome = (part: Partial<HomeOut> = {}): HomeOut => ({
  child_id: "c1",
  name: "Mia",
  n_sessions: 0,
  last_session: null,
  last_date: null,
  moment: null,
  news: null,
  questions: [],
  activity: null,
  tried: null,
  transcripts: { reviewed: 0, handed_in: 0, raw: 0 },
  ...part,
});

export const headline = (part: Partial<HeadlineOut> = {}): HeadlineOut => ({
  measure: info(),
  recent: [2.5],
  value: 2.5,
  n: 84,
  reliability: "ok",
  reason: null,
  ...part,
});

export const childrenPage = (items: ChildOut[], part: Partial<ChildrenOut> = {}): ChildrenOut => ({
  items,
  total: items.length,
  has_more: false,
  ...part,
});

export const child = (part: Partial<ChildOut> = {}): ChildOut => ({
  id: "c1",
  name: "Nora",
  birth_date: null,
  sex: null,
  age_months: 31.2,
  n_sessions: 1,
  n_jobs_open: 0,
  last_session_date: "2026-03-04",
  headline: headline(),
  ...part,
});

export const token = (text: string, part: Partial<TokenOut> = {}): TokenOut => ({
  text,
  kind: "word",
  raw: text,
  retraced: false,
  replacement: null,
  start_ms: null,
  end_ms: null,
  probability: null,
  ...part,
});

export const utterance = (part: Partial<UtteranceOut> = {}): UtteranceOut => ({
  index: 0,
  speaker: "CHI",
  text: "a dog .",
  raw: "a dog .",
  start_ms: null,
  end_ms: null,
  tokens: [token("a"), token("dog"), token(".", { kind: "terminator" })],
  tiers: [],
  ...part,
});

export const participant = (part: Partial<ParticipantOut> = {}): ParticipantOut => ({
  code: "CHI",
  role: "Target_Child",
  name: null,
  age: null,
  sex: null,
  group: null,
  is_child: true,
  ...part,
});

export const job = (part: Partial<JobOut> = {}): JobOut => ({
  id: "j1",
  child_id: "c1",
  source: "visit.wav",
  state: "running",
  step: "transcribe",
  progress: 0.4,
  attempt: 1,
  session_id: null,
  error: null,
  notes: [],
  created_at: "2026-03-04T10:00:00+00:00",
  updated_at: "2026-03-04T10:00:00+00:00",
  ...part,
});

export const session = (part: Partial<SessionOut> = {}): SessionOut => ({
  id: "s1",
  child_id: "c1",
  source: "visit.cha",
  origin: "chat",
  date: "2026-03-04",
  week: 1,
  age_months: 31,
  context: null,
  duration_s: null,
  media: null,
  n_utterances: 1,
  n_warnings: 0,
  transcript: "handed_in",
  target: "CHI",
  measures: {},
  language: "en",
  participants: [participant()],
  utterances: [utterance()],
  speakers: { CHI: { code: "CHI", role: "Target_Child", measures: { mlu_words: measure() } } },
  insights: [],
  version: 1,
  events: [],
  warnings: [],
  provenance: [],
  takes_roles: false,
  media_url: null,
  has_tracks: false,
  ...part,
});
