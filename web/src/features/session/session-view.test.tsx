import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { SessionOut } from "@/api/schema";
import { SessionView } from "@/features/session/session-view";
import { answerFetch, parentWho } from "@/testing/answers";
import { child, info, measure, participant, session, utterance } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

beforeEach(() => {
  answerFetch({ "/api/measures": { body: [info(), info({ id: "ttr", title: "Type-token ratio" })] } });
  // jsdom lays nothing out; the list of lines draws what fits its box.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(600);
});

const lines = Array.from({ length: 3 }, (_, index) =>
  utterance({ index, speaker: index === 1 ? "MOT" : "CHI", tokens: [], text: `words ${index}` }),
);

const speakers: SessionOut["speakers"] = {
  CHI: { code: "CHI", role: "Target_Child", measures: { mlu_words: measure({ utterances: [0, 2] }) } },
  MOT: { code: "MOT", role: "Mother", measures: { mlu_words: measure({ value: 4.5 }) } },
};

async function show(part: Partial<SessionOut>, measureId: string | null = null) {
  const onMeasure = vi.fn();
  const record = session({
    participants: [participant(), participant({ code: "MOT", role: "Mother", is_child: false })],
    utterances: lines,
    speakers,
    ...part,
  });
  await renderLinked(
    <SessionView
      session={record}
      child={child()}
      tracks={null}
      line={null}
      measure={measureId}
      onMeasure={onMeasure}
    />,
  );
  await screen.findByRole("heading", { name: "Measures" });
  return onMeasure;
}

test("without a recording there is no player and nothing that promises one", async () => {
  await show({});
  expect(screen.queryByRole("region", { name: "Recording" })).toBeNull();
  expect(screen.queryByRole("button", { name: /^(Play|Pause|Speed|Zoom)/ })).toBeNull();
  expect(screen.getAllByRole("button", { name: /^Choose line/ })).toHaveLength(3);
});

test("the child's measures come first, another speaker's by choice", async () => {
  await show({});
  const list = await screen.findByRole("list", { name: "Length" });
  expect(list.textContent).toContain("2.50");
  await userEvent.click(screen.getByRole("combobox", { name: "Speaker" }));
  await userEvent.click(await screen.findByRole("option", { name: "Mother (MOT)" }));
  expect(screen.getByRole("list", { name: "Length" }).textContent).toContain("4.50");
});

test("a session that does not tell the child shows no one's measures as the child's", async () => {
  await show({ target: null });
  expect(await screen.findByText(/does not tell which speaker is the child/)).toBeTruthy();
  expect(screen.queryByRole("list", { name: "Length" })).toBeNull();
});

test("a chosen measure marks its lines, and one can walk through them", async () => {
  await show({}, "mlu_words");
  const status = await screen.findByText(/rests on 2 lines/);
  expect(status.textContent).toBe("MLU in words rests on 2 lines, marked below.");
  const marked = () => [...document.querySelectorAll("[data-marked=true]")].map((line) => line.textContent);
  expect(marked()).toEqual(["1Child: words 0", "3Child: words 2"]);
  const next = screen.getByRole("button", { name: "Next marked line" });
  await userEvent.click(next);
  await userEvent.click(next);
  expect(screen.getByRole("listitem", { current: true }).textContent).toMatch(/^3Child: words 2/);
});

test("who is who is asked of those who may tell it", async () => {
  const heard: Partial<SessionOut> = {
    takes_roles: true,
    participants: [participant({ role: "Unidentified" }), participant({ code: "MOT", role: "Unidentified" })],
  };
  await show(heard);
  expect(screen.getByRole("heading", { name: "Who is who?" })).toBeTruthy();
  cleanup();
  answerFetch({ "/api/measures": { body: [info()] }, "/api/access": parentWho("see_session") });
  await show(heard);
  await waitFor(() => {
    expect(screen.queryByRole("heading", { name: "Who is who?" })).toBeNull();
  });
});

test("J and K walk the lines", async () => {
  await show({});
  await userEvent.keyboard("jjk");
  expect(screen.getByRole("listitem", { current: true }).textContent).toContain("words 0");
});

test("the CHAT view shows codes and speakers as written", async () => {
  await show({});
  await userEvent.click(screen.getByRole("switch", { name: "CHAT codes" }));
  expect(screen.getAllByText("a dog .")).toHaveLength(3);
});

test("insights are drafts whose evidence opens its line", async () => {
  const evidence = {
    id: "e1",
    session: "s1",
    date: null,
    utterances: [1],
    measure: null,
    value: null,
    n: null,
    quote: null,
  };
  const claims = [{ text: "She answered.", evidence: ["e1"] }];
  const insight = { measure: null, verdict: null, engine: "rules", claims, evidence: [evidence] } as const;
  await show({
    insights: [
      { ...insight, id: "i1", kind: "seen", status: "draft" },
      { ...insight, id: "i2", kind: "caveat", status: "dismissed" },
    ] as unknown as SessionOut["insights"],
  });
  const shown = screen.getByRole("article", { name: "Seen in this session" });
  expect(screen.getAllByRole("article")).toHaveLength(1);
  expect(within(shown).getByText("draft")).toBeTruthy();
  await userEvent.click(within(shown).getByRole("button", { name: "line 2" }));
  expect(screen.getByRole("listitem", { current: true }).textContent).toContain("words 1");
});
