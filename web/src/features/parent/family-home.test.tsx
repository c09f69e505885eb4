import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { HomeOut, InsightOut } from "@/api/schema";
import { ChildChooser } from "@/features/parent/child-chooser";
import { FamilyHome } from "@/features/parent/family-home";
import { answerFetch, parentWho } from "@/testing/answers";
import { child, familyHome } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const told = (
  kind: InsightOut["kind"],
  text: string,
  status: InsightOut["status"] = "draft",
): InsightOut => ({
  id: "p1",
  kind,
  key: text,
  claims: [{ text, evidence: [] }],
  evidence: [],
  measure: null,
  verdict: null,
  about: "",
  status,
  version: 0,
  is_edited: false,
  is_outdated: false,
  decided_at: null,
  engine: "rules",
});

const home = familyHome({
  n_sessions: 5,
  last_session: "s5",
  last_date: "2026-03-30",
  moment: {
    words: "the dog runs home",
    session: "s5",
    utterance: 3,
    date: "2026-03-30",
    week: 5,
    start_ms: 900,
    end_ms: 2000,
    media_url: "/api/sessions/s5/media",
    silence: null,
    transcript: "handed_in",
  },
  news: told("change", "Sentences have become longer.", "approved"),
  questions: [told("question", "Which game next?")],
  activity: {
    id: "wait_and_look",
    version: "1",
    title: "Wait and look",
    steps: ["Stop.", "Wait.", "Go on."],
    sources: ["Somebody (2010)"],
  },
  tried: { title: "A slow game", went: "so_so", at: "2026-03-24T09:00:00.000Z" },
  transcripts: { reviewed: 0, handed_in: 4, raw: 1 },
});

const consents = [
  { purpose: "store_recording", title: "Keep the recordings", is_granted: true },
  { purpose: "training", title: "Use approved sessions", is_granted: false },
];

async function shown(part: Partial<HomeOut> = {}) {
  const calls = answerFetch({
    "GET /api/children/c1/home": { body: { ...home, ...part } },
    "GET /api/children/c1/consents": { body: consents },
    "GET /api/access": parentWho("see_session", "answer_activity", "see_consent"),
    "POST /api/children/c1/activities/wait_and_look/answers": { status: 201, body: {} },
  });
  await renderLinked(<FamilyHome childId="c1" />);
  await screen.findByRole("heading", { level: 1, name: "Mia" });
  return calls;
}

test("a family sees a moment, the news, one idea, questions and what it has agreed to", async () => {
  await shown();
  expect(screen.getByText("5 recordings, the last from 30 Mar 2026")).toBeTruthy();
  expect(screen.getByText("“the dog runs home”")).toBeTruthy();
  const news = screen.getByRole("region", { name: "What is changing, what is steady" });
  expect(within(news).getByText("Sentences have become longer.")).toBeTruthy();
  expect(within(news).getByText("Your therapist has agreed to this.")).toBeTruthy();
  expect(within(news).getByText(/^It rests in part on 1 recording whose/)).toBeTruthy();
  expect(screen.getByText(/“A slow game” \(24 Mar 2026\): it went so-so/)).toBeTruthy();
  expect(screen.getByText("Which game next?")).toBeTruthy();
  expect((await screen.findByRole("list", { name: "Agreed" })).textContent).toBe("Keep the recordings");
  expect(screen.queryByRole("table")).toBeNull();
});

test("everything else is one tap away", async () => {
  await shown();
  const links = within(screen.getByRole("navigation", { name: "More about your child" })).getAllByRole(
    "link",
  );
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "/children/c1#sessions",
    "/children/c1#ask",
    "/children/c1#upload",
  ]);
});

/** An audio element of which the test says what it plays. */
class FakeAudio extends EventTarget {
  static made: FakeAudio[] = [];
  currentTime = 0;
  preload = "";
  isPlaying = false;
  constructor(readonly url: string) {
    super();
    FakeAudio.made.push(this);
  }
  play() {
    this.isPlaying = true;
    return Promise.resolve();
  }
  pause() {
    this.isPlaying = false;
  }
}

test("the moment plays from its start to its end and no further", async () => {
  FakeAudio.made = [];
  vi.stubGlobal("Audio", FakeAudio);
  await shown();
  await userEvent.click(screen.getByRole("button", { name: "Listen to Mia" }));
  const [audio] = FakeAudio.made;
  expect(audio?.url).toBe("/api/sessions/s5/media");
  expect(audio?.currentTime).toBeCloseTo(0.8);
  expect(audio?.isPlaying).toBe(true);
  expect(screen.getByRole("button", { name: "Stop" })).toBeTruthy();
  if (audio) audio.currentTime = 2.2;
  audio?.dispatchEvent(new Event("timeupdate"));
  expect(await screen.findByRole("button", { name: "Listen to Mia" })).toBeTruthy();
  expect(audio?.isPlaying).toBe(false);
});

test("without sound it says why, and has no button", async () => {
  const silent = { start_ms: null, end_ms: null, media_url: null, silence: "no_consent" as const };
  await shown({ moment: home.moment && { ...home.moment, ...silent, transcript: "raw" } });
  expect(screen.getByText(/because you did not agree to keep recordings/)).toBeTruthy();
  expect(screen.getByText(/nobody has checked them yet/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Listen/ })).toBeNull();
});

test("before the first recording there is only a way to add one", async () => {
  await shown({ n_sessions: 0, last_date: null, moment: null, news: null, questions: [], activity: null });
  expect(screen.getByText(/^There is no recording yet/)).toBeTruthy();
  expect(screen.queryByRole("region", { name: "A good moment" })).toBeNull();
  expect(screen.getByRole("link", { name: "Add a recording" })).toBeTruthy();
});

test("what was tried is told in two taps", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByRole("button", { name: "Yes" }));
  await userEvent.click(screen.getByRole("button", { name: "Well" }));
  await waitFor(() => {
    expect(calls.filter((call) => call.url.endsWith("/home"))).toHaveLength(2);
  });
  expect(await calls.find((call) => call.method === "POST")?.json()).toEqual({ went: "well" });
});

test("a family with several children chooses", async () => {
  await renderLinked(
    <ChildChooser items={[child({ id: "c1", name: "Mia" }), child({ id: "c2", name: "Noah" })]} />,
  );
  expect(screen.getByRole("link", { name: "Noah" }).getAttribute("href")).toBe("/children/c2/family");
});
