import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type WaveSurfer from "wavesurfer.js";
import type { SessionOut, UtteranceOut } from "@/api/schema";
import { voicesOf } from "@/features/session/roles/voices";
import { WhoIsWho } from "@/features/session/roles/who-is-who";
import { answerFetch } from "@/testing/answers";
import { participant, session, utterance } from "@/testing/fixtures";
import { renderPlain } from "@/testing/render";

const line = (index: number, speaker: string, start_ms: number, end_ms: number): UtteranceOut =>
  utterance({ index, speaker, start_ms, end_ms, text: `${speaker} ${start_ms}` });

const unknown = (code: string) => participant({ code, role: "Unidentified", is_child: false });

const heard = (part: Partial<SessionOut> = {}) =>
  session({
    origin: "whisper",
    target: null,
    media_url: "/api/sessions/s1/media",
    participants: [unknown("SP00"), unknown("SP01")],
    utterances: [
      line(0, "SP00", 0, 2000),
      line(1, "SP01", 2000, 9000),
      line(2, "SP00", 8000, 12_000), // talks into the other
      line(3, "SP00", 13_000, 16_500),
    ],
    takes_roles: true,
    ...part,
  });

const told = () =>
  heard({
    target: "CHI",
    participants: [participant(), participant({ code: "ADU", role: "Adult", is_child: false })],
    utterances: heard().utterances.map((it) => ({ ...it, speaker: it.speaker === "SP00" ? "CHI" : "ADU" })),
    warnings: [{ code: "speakers.told", message: "A person told.", line: null }],
  });

function show(record: SessionOut) {
  const play = vi.fn(() => Promise.resolve());
  renderPlain(
    <WhoIsWho
      session={record}
      childName="Nora"
      player={{ play } as unknown as WaveSurfer}
      nameOf={(code) => `Speaker (${code})`}
    />,
  );
  return play;
}

test("the best stretch to know a voice by is long, and nobody talks into it", () => {
  const [first, second] = voicesOf(heard());
  expect(first?.samples).toEqual([
    { start_s: 13, end_s: 16.5 },
    { start_s: 0, end_s: 2 },
    { start_s: 8, end_s: 12 },
  ]);
  expect(first?.words).toBe("SP00 13000");
  expect(second?.samples).toEqual([{ start_s: 2, end_s: 7 }]);
});

test("a transcript that names its speakers is not asked about, nor are voices that nobody told", () => {
  expect(voicesOf(heard({ takes_roles: false }))).toEqual([]);
  expect(voicesOf({ ...told(), warnings: [] })).toEqual([]);
  expect(voicesOf(told()).map((voice) => voice.role)).toEqual(["child", "adult"]);
});

test("each click plays another stretch of the voice", async () => {
  const play = show(heard());
  const button = screen.getByRole("button", { name: "Play Speaker (SP00)" });
  await userEvent.click(button);
  await userEvent.click(button);
  expect(play.mock.calls).toEqual([
    [13, 16.5],
    [0, 2],
  ]);
});

test("one click tells whose voice it is", async () => {
  const calls = answerFetch({ "/api/sessions/s1/roles": { body: told() } });
  show(heard());
  expect(screen.getByText("Some voices are not known yet.")).toBeTruthy();
  const group = screen.getByRole("group", { name: "Speaker (SP01) is" });
  await userEvent.click(within(group).getByRole("button", { name: "Adult" }));
  expect(calls).toHaveLength(1);
  expect(calls[0]?.method).toBe("PUT");
  expect(await calls[0]?.json()).toEqual({ roles: { SP01: "adult" } });
});

test("what the server refuses is shown", async () => {
  const body = { code: "speakers.label", message: "No voice of this session is called SP01." };
  answerFetch({ "/api/sessions/s1/roles": { status: 422, body } });
  show(heard());
  const group = screen.getByRole("group", { name: "Speaker (SP01) is" });
  await userEvent.click(within(group).getByRole("button", { name: "Child" }));
  expect((await screen.findByRole("alert")).textContent).toContain("No voice of this session");
});

test("voices are remembered once a role is known", async () => {
  answerFetch({ "/api/sessions/s1/voices": { body: { roles: ["child"], too_short: ["adult"] } } });
  show(told());
  const child = screen.getByRole("group", { name: "Speaker (CHI) is", hidden: true });
  const pressed = within(child).getAllByRole("button", { pressed: true, hidden: true });
  expect(pressed.map((it) => it.textContent)).toEqual(["Child"]);
  await userEvent.click(screen.getByRole("button", { name: "Remember these voices", hidden: true }));
  expect(await screen.findByText("Remembered: child. Too little is heard alone of: adult.")).toBeTruthy();
});

test("nothing is remembered while nobody is known", () => {
  show(heard());
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Remember these voices" }).disabled).toBe(
    true,
  );
});
