import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { SpeakerOut } from "@/api/schema";
import { MeasuresPanel } from "@/features/session/facts/measures-panel";
import { answerFetch } from "@/testing/answers";
import { renderPlain } from "@/testing/render";

const info = (id: string, family: string, audience = "everyone") => ({
  id,
  audience,
  family,
  title: id,
  unit: "%",
  n_unit: "words",
  description: "What it tells.",
  minimum_n: null,
});
const measure = (id: string, value: number | null) => ({
  id,
  value,
  unit: "%",
  n: 9,
  n_unit: "words",
  rule: `${id}.v1`,
  sd: null,
  reason: value === null ? "no words" : null,
  reliability: null,
  utterances: [],
  spans: [],
});
const speakers = {
  CHI: {
    code: "CHI",
    role: "Target_Child",
    measures: {
      mlu: measure("mlu", 3),
      blocks: measure("blocks", 1),
      breaks: measure("breaks", null),
      jitter: measure("jitter", 0.7),
    },
  },
} as unknown as Record<string, SpeakerOut>;

beforeEach(() => {
  answerFetch({
    "/api/measures": {
      body: [
        info("mlu", "length"),
        info("blocks", "fluency"),
        info("breaks", "fluency"),
        info("jitter", "voice quality", "researcher"),
      ],
    },
  });
});

const panel = (chosen: string | null, onMeasure = vi.fn()) => (
  <MeasuresPanel
    session="s1"
    transcript="raw"
    speakers={speakers}
    speaker="CHI"
    nameOf={(code) => code}
    chosen={chosen}
    onSpeaker={vi.fn()}
    onMeasure={onMeasure}
  />
);

const isOpen = (name: string) => screen.getByRole("heading", { name }).closest("details")?.open;

test("the first families stand open, the others tell how much they hold", async () => {
  renderPlain(panel(null));
  await screen.findByRole("heading", { name: "Length" });
  expect(isOpen("Length")).toBe(true);
  expect(isOpen("Fluency")).toBe(false);
  expect(screen.getByText("1 of 2")).toBeTruthy();
});

test("the family of a chosen measure is open", async () => {
  renderPlain(panel("blocks"));
  await screen.findByRole("heading", { name: "Fluency" });
  expect(isOpen("Fluency")).toBe(true);
});

test("choosing a measure tells which", async () => {
  const onMeasure = vi.fn();
  renderPlain(panel(null, onMeasure));
  await userEvent.click(await screen.findByRole("button", { name: "mlu" }));
  expect(onMeasure).toHaveBeenCalledExactlyOnceWith("mlu");
});

test("what is for researchers lies behind a fold that is closed at first", async () => {
  renderPlain(panel(null));
  const fold = (await screen.findByRole("heading", { name: "For researchers" })).closest("details");
  expect(fold?.open).toBe(false);
  expect(screen.queryByRole("heading", { name: "Voice quality" })).toBeNull();
  expect(screen.queryByText("jitter")).toBeNull();
});

test("opened, it holds the measures, and the experimental scores with model and licence", async () => {
  const labels = {
    status: "experimental",
    audience: "researcher",
    speaker: "CHI",
    licence: "mit",
    provenance: { model: "made-up/model", revision: "0123456789abcdef", parameters: {} },
    stretches: [{ utterance: 4, start_ms: 62000, end_ms: 63000, scores: { high: 0.75, low: 0.25 } }],
  };
  answerFetch({
    "/api/measures": { body: [info("jitter", "voice quality", "researcher")] },
    "/api/sessions/s1/voice-labels": { body: labels },
  });
  renderPlain(panel(null));
  await userEvent.click(await screen.findByText("For researchers"));
  expect(screen.getByRole("heading", { name: "Voice quality" })).toBeTruthy();
  expect(await screen.findByText(/Model made-up\/model, revision 0123456789ab, licence mit/)).toBeTruthy();
  expect(screen.getByRole("row", { name: "line 5 1:02 0.75 0.25" })).toBeTruthy();
});

test("a chosen measure for researchers is shown", async () => {
  renderPlain(panel("jitter"));
  expect(await screen.findByRole("heading", { name: "Voice quality" })).toBeTruthy();
});
