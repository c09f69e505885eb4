import { useQuery } from "@tanstack/react-query";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { SessionOut } from "@/api/schema";
import { sessionQuery } from "@/features/session/get-session";
import { SessionView } from "@/features/session/session-view";
import { keepDraft } from "@/lib/drafts";
import { parentWho } from "@/testing/answers";
import { child, info, measure, participant, session, token, utterance } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const lineOf = (index: number, text: string, speaker = "CHI") =>
  utterance({
    index,
    speaker,
    raw: text,
    tokens: text.split(" ").map((word) => token(word, { kind: word === "." ? "terminator" : "word" })),
  });

const made = (version: number, ...texts: string[]): SessionOut =>
  session({
    version,
    participants: [participant(), participant({ code: "MOT", role: "Mother", is_child: false })],
    utterances: texts.map((text, index) => lineOf(index, text)),
    speakers: {
      CHI: {
        code: "CHI",
        role: "Target_Child",
        measures: { mlu_words: measure({ value: 2 + version / 10 }) },
      },
    },
  });

const STALE = {
  code: "session.changed",
  message: "The transcript is at version 2 now.",
  hint: "Look again.",
};

type Answer = { status?: number; body: unknown };

/** A server with one session; edits are answered in turn. */
function serve(first: SessionOut, edits: (Answer & { now?: SessionOut })[] = [], who?: Answer) {
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  let now = first;
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    if (request.method !== "GET") {
      asked.push({ path, body: (await request.json()) as Record<string, unknown> });
      const answer = edits.shift();
      if (!answer) return Promise.reject(new TypeError("Failed to fetch"));
      now = answer.now ?? ((answer.status ?? 200) < 300 ? (answer.body as SessionOut) : now);
      return Response.json(answer.body, { status: answer.status ?? 200 });
    }
    if (path === "/api/sessions/s1") return Response.json(now);
    if (path === "/api/measures") return Response.json([info()]);
    if (path === "/api/access" && who) return Response.json(who.body);
    return Response.json({ code: "x.y", message: "Not here." }, { status: 404 });
  });
  return asked;
}

function Page() {
  const found = useQuery(sessionQuery("s1"));
  return (
    found.data && (
      <SessionView
        session={found.data}
        child={child()}
        tracks={null}
        line={null}
        measure={null}
        onMeasure={() => undefined}
      />
    )
  );
}

async function show() {
  await renderLinked(<Page />);
  await screen.findByRole("heading", { name: "Transcript" });
}

const texts = () => screen.getAllByRole("listitem").filter((row) => row.hasAttribute("data-index"));
const status = () =>
  screen
    .getAllByRole("status")
    .map((found) => found.textContent)
    .join(" ");

// Whole pages are drawn, and a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  localStorage.clear();
  // jsdom lays nothing out; the list of lines draws what fits its box.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(600);
});

test("E edits in place, Ctrl+Enter saves and goes to the next line, and says which measures changed", async () => {
  const asked = serve(made(1, "a dog .", "a cat ."), [{ body: made(2, "a big dog .", "a cat .") }]);
  await show();
  await userEvent.keyboard("je");
  const area = await screen.findByRole("textbox", { name: "Line 1 in CHAT" });
  expect(document.activeElement).toBe(area);
  await userEvent.clear(area);
  await userEvent.type(area, "a big &-um dog .");
  expect(screen.getByText("a big um dog.")).toBeTruthy();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => {
    expect(status()).toContain("Saved · version 2");
  });
  await waitFor(() => {
    expect(status()).toContain("MLU in words 2.10 → 2.20 after your edit");
  });
  expect(asked).toEqual([
    { path: "/api/sessions/s1/utterances/0", body: { version: 1, text: "a big &-um dog ." } },
  ]);
  expect(screen.queryByRole("textbox", { name: /in CHAT/ })).toBeNull();
  // The keyboard stands at the line that is next, not nowhere.
  await waitFor(() => {
    expect(document.activeElement?.closest("[data-index='1']")).toBeTruthy();
  });
  expect(screen.getByRole("listitem", { current: true }).dataset["index"]).toBe("1");
  expect(localStorage.length).toBe(0);
});

test("what is wrong with a text is said under it, and the text stays", async () => {
  serve(made(1, "a dog ."), [
    {
      status: 422,
      body: { code: "chat.no-terminator", message: "The line has no terminator.", hint: "End it." },
    },
  ]);
  await show();
  await userEvent.keyboard("je");
  const area = await screen.findByRole("textbox", { name: "Line 1 in CHAT" });
  await userEvent.clear(area);
  await userEvent.type(area, "a cat{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("The line has no terminator.");
  expect((area as HTMLTextAreaElement).value).toBe("a cat");
});

test("Escape leaves a line, and what was typed is offered again", async () => {
  serve(made(1, "a dog ."));
  await show();
  await userEvent.keyboard("je");
  await userEvent.type(await screen.findByRole("textbox", { name: /in CHAT/ }), " no{Escape}");
  const offer = screen.getByRole("region", { name: "Unsaved texts" });
  expect(offer.textContent).toContain("a dog . no");
  cleanup();
  // The tab was closed: the next one offers it, too.
  await show();
  await userEvent.click(screen.getByRole("button", { name: "Go on with it" }));
  expect((screen.getByRole("textbox", { name: /in CHAT/ }) as HTMLTextAreaElement).value).toBe("a dog . no");
  await userEvent.click(screen.getByRole("button", { name: "Drop" }));
  expect(screen.queryByRole("region", { name: "Unsaved texts" })).toBeNull();
  expect(localStorage.length).toBe(0);
});

test("words are picked and marked by keys", async () => {
  const asked = serve(made(1, "a dog ran ."), [
    { body: made(2, "a xxx ran .") },
    { body: made(3, "a xxx ran .") },
    { body: made(4, "a .", "xxx ran .") },
    { body: made(5, "a xxx ran .") },
    { body: made(6, "a .", "xxx ran .") },
  ]);
  await show();
  await userEvent.keyboard("jww");
  expect(document.querySelector("[data-picked]")?.textContent).toBe("dog");
  await userEvent.keyboard("x");
  await waitFor(() => {
    expect(status()).toContain("version 2");
  });
  expect(document.querySelector("[data-picked]")).toBeNull();
  await userEvent.keyboard("x"); // nothing is picked: nothing is asked
  await userEvent.keyboard("w{Shift>}{ArrowRight}{/Shift}r");
  await waitFor(() => {
    expect(status()).toContain("version 3");
  });
  await userEvent.keyboard("wws");
  await waitFor(() => {
    expect(texts()).toHaveLength(2);
  });
  await userEvent.keyboard("m");
  await waitFor(() => {
    expect(texts()).toHaveLength(1);
  });
  await userEvent.keyboard("{Control>}z{/Control}");
  await waitFor(() => {
    expect(texts()).toHaveLength(2);
  });
  expect(asked.map(({ body }) => body)).toEqual([
    { version: 1, what: "marked", index: 0, first: 1, last: 1, mark: "unintelligible" },
    { version: 2, what: "marked", index: 0, first: 0, last: 1, mark: "retracing" },
    { version: 3, what: "split", index: 0, at: 1 },
    { version: 4, what: "merged", index: 0 },
    { version: 5, what: "undone" },
  ]);
});

test("a number gives the line to a speaker, and C puts a code in", async () => {
  const asked = serve(made(1, "a dog ."), [
    { body: made(2, "a dog .") },
    { body: made(3, "a dog &=laughs .") },
  ]);
  await show();
  await userEvent.keyboard("j2");
  await waitFor(() => {
    expect(status()).toContain("version 2");
  });
  await userEvent.keyboard("c");
  await userEvent.click(await screen.findByRole("button", { name: /^laughs/ }));
  await waitFor(() => {
    expect(status()).toContain("version 3");
  });
  expect(asked.map(({ body }) => body)).toEqual([
    { version: 1, speaker: "MOT" },
    { version: 2, what: "code", index: 0, code: "&=laughs", after: null },
  ]);
});

test("somebody else's edit of another line does not stand in the way", async () => {
  const theirs = made(2, "a dog .", "their cat .");
  const asked = serve(made(1, "a dog .", "a cat ."), [
    { status: 409, body: STALE, now: theirs },
    { body: made(3, "a cow .", "their cat .") },
  ]);
  await show();
  await userEvent.keyboard("je");
  const area = await screen.findByRole("textbox", { name: /in CHAT/ });
  await userEvent.clear(area);
  await userEvent.type(area, "a cow .{Enter}");
  await waitFor(() => {
    expect(status()).toContain("version 3");
  });
  expect(asked.map(({ body }) => body["version"])).toEqual([1, 2]);
});

test.each([
  ["Save mine", [{ version: 2, text: "my dog ." }], "my dog ."],
  ["Keep theirs", [], "their dog ."],
])("of one line that two wrote anew all three texts are shown: %s", async (choice, then, stands) => {
  const asked = serve(made(1, "a dog ."), [
    { status: 409, body: STALE, now: made(2, "their dog .") },
    { body: made(3, "my dog .") },
  ]);
  await show();
  await userEvent.keyboard("je");
  const area = await screen.findByRole("textbox", { name: /in CHAT/ });
  await userEvent.clear(area);
  await userEvent.type(area, "my dog .{Enter}");
  const dialog = await screen.findByRole("dialog", { name: /changed by somebody else/ });
  const shown = [...dialog.querySelectorAll("dd")].map((text) => text.textContent);
  expect(shown).toEqual(["a dog .", "their dog .", "my dog ."]);
  await userEvent.click(within(dialog).getByRole("button", { name: choice }));
  await waitFor(() => {
    expect(texts()[0]?.textContent).toContain(stands.slice(0, -2));
  });
  expect(asked.slice(1).map(({ body }) => body)).toEqual(then);
  expect(screen.queryByRole("textbox", { name: /in CHAT/ })).toBeNull();
  expect(localStorage.length).toBe(0);
});

test("without an answer nothing is called saved, and it can be tried again", async () => {
  const asked = serve(made(1, "a dog ."));
  await show();
  await userEvent.keyboard("jm");
  expect(await screen.findByText("Not saved:")).toBeTruthy();
  expect(status()).not.toContain("Saved");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => {
    expect(asked).toHaveLength(2);
  });
});

test("a text that another tab left is offered; who may not correct is offered nothing", async () => {
  keepDraft("s1", { index: 0, version: 1, base: "a dog .", text: "a hog ." });
  serve(made(1, "a dog ."), [], parentWho("see_session"));
  await show();
  await waitFor(() => {
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });
  expect(screen.queryByText("a hog .")).toBeNull();
  await userEvent.keyboard("je");
  expect(screen.queryByRole("textbox", { name: /in CHAT/ })).toBeNull();
});
