import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { SpeakerOut } from "@/api/schema";
import { MeasuresPanel } from "@/features/session/facts/measures-panel";
import { answerFetch } from "@/testing/answers";
import { renderPlain } from "@/testing/render";

const info = (id: string, family: string) => ({
  id,
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
    measures: { mlu: measure("mlu", 3), blocks: measure("blocks", 1), breaks: measure("breaks", null) },
  },
} as unknown as Record<string, SpeakerOut>;

beforeEach(() => {
  answerFetch({
    "/api/measures": { body: [info("mlu", "length"), info("blocks", "fluency"), info("breaks", "fluency")] },
  });
});

const panel = (chosen: string | null, onMeasure = vi.fn()) => (
  <MeasuresPanel
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
