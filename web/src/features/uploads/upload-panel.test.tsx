import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { UploadPanel } from "@/features/uploads/upload-panel";
import { answerFetch } from "@/testing/answers";
import { job } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const granted = { state: "granted" } as const;
const file = (name: string) => new File(["x"], name, { lastModified: 5 });

async function dropped(...names: string[]) {
  answerFetch({ "/api/children/c1/jobs": { body: [] } });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  // As a drop would do; the file chooser filters by itself.
  await userEvent.upload(screen.getByLabelText("Files to upload"), names.map(file), { applyAccept: false });
}

test("a pair is one session, and can be parted again", async () => {
  await dropped("visit.cha", "visit.wav");
  const form = screen.getByRole("form", { name: "New session from visit.cha" });
  expect(within(form).getAllByText("visit.wav").length).toBeGreaterThan(0);
  expect(within(form).queryByRole("switch")).toBeNull();
  await userEvent.click(within(form).getByRole("combobox", { name: "Recording of this transcript" }));
  await userEvent.click(await screen.findByRole("option", { name: "None" }));
  expect(screen.getAllByRole("form")).toHaveLength(2);
});

test("a recording alone asks whether only the child speaks", async () => {
  await dropped("visit.wav");
  const only = screen.getByRole("switch", { name: "Only the child speaks" });
  await userEvent.click(only);
  expect((only as HTMLInputElement).checked).toBe(true);
});

test("what cannot be read is named with what can", async () => {
  await dropped("notes.docx");
  expect(screen.getByRole("alert").textContent).toMatch(/notes\.docx: not a transcript.*\.cha/);
  expect(screen.queryByRole("form")).toBeNull();
});

test("a failed job says what is wrong, what to do, and can be tried again", async () => {
  const error = {
    code: "chat.no-begin",
    message: "@Begin is missing.",
    hint: "Export it again.",
    source: "a.cha",
  };
  const calls = answerFetch({
    "/api/children/c1/jobs": {
      body: [job({ state: "failed", source: "a.cha", error, updated_at: new Date().toISOString() })],
    },
    "/api/jobs/j1/retry": { status: 202, body: job({ state: "queued" }) },
  });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toMatch(/a\.cha: @Begin is missing\.Export it again\./);
  await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(calls.map((call) => `${call.method} ${new URL(call.url).pathname}`)).toContain(
    "POST /api/jobs/j1/retry",
  );
});

test("a job that is done a moment ago leads to its session; an old one is gone", async () => {
  const done = (id: string, updated: string) =>
    job({ id, state: "done", session_id: `s-${id}`, source: `${id}.cha`, updated_at: updated });
  answerFetch({
    "/api/children/c1/jobs": {
      body: [done("new", new Date().toISOString()), done("old", "2020-01-01T00:00:00Z")],
    },
  });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  const links = await screen.findAllByRole("link", { name: "Open the session" });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/sessions/s-new"]);
});

test("of many jobs that are done, the newest stand there, and those with something to say", async () => {
  const done = (id: string, notes: string[] = []) =>
    job({ id, state: "done", session_id: `s-${id}`, notes, updated_at: new Date().toISOString() });
  answerFetch({
    "/api/children/c1/jobs": {
      body: [done("e"), done("d"), done("c"), done("b"), done("a", ["line 3: odd"])],
    },
  });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  const links = await screen.findAllByRole("link", { name: "Open the session" });
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "/sessions/s-e",
    "/sessions/s-d",
    "/sessions/s-a",
  ]);
});

test("a failure of long ago is folded away, not lost", async () => {
  const error = { code: "x.y", message: "It broke." };
  answerFetch({
    "/api/children/c1/jobs": { body: [job({ state: "failed", error, updated_at: "2020-01-01T00:00:00Z" })] },
  });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  const summary = await screen.findByText("1 older failure");
  expect(summary.closest("details")?.open).toBe(false);
  expect(summary.closest("details")?.textContent).toContain("It broke.");
});

test("the same file twice is said and taken once", async () => {
  await dropped("visit.cha", "visit.cha", "notes.cha");
  expect(screen.getAllByRole("form")).toHaveLength(2);
  expect(screen.getByText(/^visit\.cha: in the list already/)).toBeTruthy();
});

test("what the server knows already is said, with the way to it", async () => {
  const upload = {
    id: "u1",
    child_id: "c1",
    filename: "visit.cha",
    size: 1,
    sha256: "0",
    kind: "transcript",
  };
  answerFetch({
    "GET /api/children/c1/jobs": { body: [] },
    "POST /api/uploads": { status: 201, body: { ...upload, offset: 1, upload } },
    "POST /api/children/c1/sessions": {
      status: 202,
      body: { ...job({ source: "visit.cha", state: "done" }), repeats: "s7" },
    },
  });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  await userEvent.upload(screen.getByLabelText("Files to upload"), file("visit.cha"), { applyAccept: false });
  await userEvent.click(screen.getByRole("button", { name: "Add this session" }));
  expect(await screen.findByText(/^visit\.cha was added before.*stays one session/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open that session" }).getAttribute("href")).toBe("/sessions/s7");
  expect(screen.queryByRole("form")).toBeNull();
});

test("several are added with one button, one after the other, and each can be cancelled", async () => {
  const calls = answerFetch({ "GET /api/children/c1/jobs": { body: [] } });
  let reach: (() => void) | undefined;
  vi.stubGlobal("fetch", (request: Request) => {
    calls.push(request);
    if (request.method === "GET") return Promise.resolve(Response.json([]));
    return new Promise<Response>((resolve) => {
      reach = () => {
        resolve(Response.json({ code: "x.y", message: "No room.", hint: null }, { status: 507 }));
      };
    });
  });
  await renderLinked(<UploadPanel childId="c1" consent={granted} />);
  const files = ["a.cha", "b.cha"].map(file);
  await userEvent.upload(screen.getByLabelText("Files to upload"), files, { applyAccept: false });
  await userEvent.click(screen.getByRole("button", { name: "Add all 2 sessions" }));
  const second = screen.getByRole("form", { name: "New session from b.cha" });
  expect(await within(second).findByText("Waits until the file before it is sent")).toBeTruthy();
  await userEvent.click(within(second).getByRole("button", { name: "Cancel the upload" }));
  expect(within(second).getByRole("button", { name: "Add this session" })).toBeTruthy();
  reach?.();
  expect((await screen.findByRole("alert")).textContent).toContain("No room.");
  expect(calls.filter((call) => call.method === "POST")).toHaveLength(1);
});
