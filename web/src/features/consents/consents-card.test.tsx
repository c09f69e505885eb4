import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ConsentVersionOut, PurposeOut } from "@/api/schema";
import { ConsentsCard } from "@/features/consents/consents-card";
import { answerFetch, parentWho } from "@/testing/answers";
import { renderLinked } from "@/testing/render";
import { showLanguage } from "@/texts";

const keep: PurposeOut = {
  purpose: "store_recording",
  title: "Keep the recordings",
  text: "Sound and video are kept.",
  wording: 1,
  is_granted: true,
  retention_days: 90,
  history: [
    {
      version: 1,
      state: "granted",
      by: "mother",
      was_asked: true,
      at: "2026-03-04T10:00:00.000Z",
      wording: 1,
      retention_days: 90,
    },
  ],
};
const research: PurposeOut = {
  purpose: "research_export",
  title: "Share de-identified sessions for research",
  text: "Transcripts may leave.",
  wording: 1,
  is_granted: false,
  retention_days: null,
  history: [],
};

const address = "/api/children/c1/consents";

async function shown(put: { status?: number; body: unknown } = { body: [] }) {
  const calls = answerFetch({ [`GET ${address}`]: { body: [keep, research] }, [`PUT ${address}`]: put });
  await renderLinked(<ConsentsCard childId="c1" />);
  await screen.findByText("Keep the recordings");
  return calls;
}

test("each purpose says what it is, its state and who said so", async () => {
  await shown();
  const history = screen.getByRole("list", { name: "History: Keep the recordings", hidden: true });
  expect(history.textContent).toBe("4 Mar 2026: granted by mother");
  expect(screen.getByText("Granted")).toBeTruthy();
  expect(screen.getByText("Not granted")).toBeTruthy();
  expect(screen.getByText("Recordings are kept for 90 days.")).toBeTruthy();
});

test("where nobody was asked, that is said in the language of the page", async () => {
  const by = "whoever added the recording";
  const unasked = { ...keep, history: [{ ...(keep.history[0] as ConsentVersionOut), by, was_asked: false }] };
  answerFetch({ [`GET ${address}`]: { body: [unasked] } });
  await showLanguage("es");
  await renderLinked(<ConsentsCard childId="c1" />);
  const history = await screen.findByRole("list", { name: "Historial: Keep the recordings", hidden: true });
  expect(history.textContent).toBe("4 mar 2026: lo da quien añadió la grabación");
});

test("granting asks who says so and sends it", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByRole("button", { name: /^Grant… Share/ }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain("Transcripts may leave.");
  await userEvent.type(within(dialog).getByLabelText(/Who says so/), "father, by phone");
  await userEvent.click(within(dialog).getByRole("button", { name: "Record consent" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  const sent = calls.find((call) => call.method === "PUT");
  expect(await sent?.json()).toEqual({
    purpose: "research_export",
    state: "granted",
    by: "father, by phone",
    retention_days: null,
  });
});

test("withdrawing the recordings warns that they are deleted, and can be left", async () => {
  const calls = await shown();
  await userEvent.click(screen.getByRole("button", { name: "Withdraw… Keep the recordings" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("alert").textContent).toMatch(/deleted now.*cannot be undone/);
  await userEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  expect(calls.some((call) => call.method === "PUT")).toBe(false);
});

test("a refusal is shown and the dialog stays", async () => {
  await shown({ status: 422, body: { code: "consent.by", message: "It must be written down who said so." } });
  await userEvent.click(screen.getByRole("button", { name: /^Grant… Share/ }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText(/Who says so/), "x");
  await userEvent.click(within(dialog).getByRole("button", { name: "Record consent" }));
  expect((await within(dialog).findByRole("alert")).textContent).toContain("who said so");
});

test("who may not change a consent sees what it is, and no button", async () => {
  answerFetch({ [address]: { body: [keep] }, "/api/access": parentWho("see_consent") });
  await renderLinked(<ConsentsCard childId="c1" />);
  expect(await screen.findByText("Granted")).toBeTruthy();
  await waitFor(() => {
    expect(screen.queryByRole("button")).toBeNull();
  });
});

test("the newest wording is told in the reader's language, an older one as the server tells it", async () => {
  await showLanguage("es");
  const newest = { ...keep, wording: 2, text: "The sound and video of each session are kept here." };
  answerFetch({ [`GET ${address}`]: { body: [newest, research] } });
  await renderLinked(<ConsentsCard childId="c1" />);
  const title = await screen.findByRole("heading", { name: "Conservar las grabaciones" });
  expect(title.getAttribute("lang")).toBeNull();
  expect(screen.getByText(/pueda volver a oírlos/)).toBeTruthy();
  expect(screen.getByText("Transcripts may leave.").getAttribute("lang")).toBe("en");
});
