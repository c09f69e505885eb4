import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { App } from "@/app/app";
import type { ActorOut } from "@/api/schema";
import { markSignedIn } from "@/lib/access";
import { answerFetch } from "@/testing/answers";
import { child, childrenPage, familyHome } from "@/testing/fixtures";

beforeEach(markSignedIn);
afterEach(() => {
  window.history.replaceState(null, "", "/");
});

const SIGNED_OUT = { status: 401, body: { code: "access.signed-out", message: "You are not signed in." } };
const SPENT = {
  status: 401,
  body: { code: "access.invitation", message: "This invitation was used already or has ended." },
};
const NOBODY = { body: { accounts: true, actor: null } };

/** What a parent of one child is answered. */
const NORAS_FAMILY = {
  "/api/access": as("parent", "see_child"),
  "/api/children": { body: childrenPage([child({ name: "Nora" })]) },
  "/api/children/c1/home": { body: familyHome({ name: "Nora" }) },
};

function as(role: ActorOut["role"], ...actions: ActorOut["actions"]) {
  return { body: { accounts: true, actor: { id: "a1", name: "ann@clinic.example", role, actions } } };
}

const account = (part: object) => ({
  id: "a2",
  name: "bea",
  role: "parent",
  is_disabled: false,
  is_invited: false,
  invitation_ends_at: null,
  ...part,
});

test("a server with accounts asks for name and password, and then shows the page that was asked for", async () => {
  window.history.replaceState(null, "", "/people");
  answerFetch({ "/api/access": NOBODY, "/api/accounts": SIGNED_OUT, "/api/teams": SIGNED_OUT });
  render(<App />);
  await userEvent.type(await screen.findByLabelText(/^Name/), "ann@clinic.example");
  await userEvent.type(screen.getByLabelText(/^Password/), "otter plum bicycle");
  const calls = answerFetch({
    "/api/sign-in": { body: null },
    "/api/access": as("admin", "see_child", "add_child", "manage_accounts"),
    "/api/accounts": { body: [account({ id: "a1", name: "ann@clinic.example", role: "admin" })] },
    "/api/teams": { body: [] },
  });
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { name: "People" })).toBeTruthy();
  expect(window.location.pathname).toBe("/people");
  await expect(calls[0]?.json()).resolves.toEqual({
    name: "ann@clinic.example",
    password: "otter plum bicycle",
  });
  expect(calls[0]?.headers.get("X-SDC-Request")).toBe("1");
  expect(screen.getByRole("button", { name: /ann@clinic.example.*administrator/ })).toBeTruthy();
});

test("a wrong password is told and the form stays", async () => {
  const wrong = { code: "access.password", message: "Name or password is not right.", hint: "Try again." };
  answerFetch({
    "/api/access": NOBODY,
    "/api/children": SIGNED_OUT,
    "/api/sign-in": { status: 401, body: wrong },
  });
  render(<App />);
  await userEvent.type(await screen.findByLabelText(/^Name/), "ann");
  await userEvent.type(screen.getByLabelText(/^Password/), "wrong");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Name or password is not right.");
  expect(screen.getByRole("button", { name: "Sign in" })).toBeTruthy();
});

test("signing out leads to the form, and nothing of before is shown", async () => {
  answerFetch({
    "/api/access": as("therapist", "see_child", "add_child"),
    "/api/children": { body: childrenPage([child({ name: "Nora" })]) },
  });
  render(<App />);
  expect(await screen.findByRole("link", { name: "Nora" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "People" })).toBeNull();
  await userEvent.click(await screen.findByRole("button", { name: /therapist/ }));
  const calls = answerFetch({
    "/api/access": NOBODY,
    "/api/children": SIGNED_OUT,
    "/api/sign-out": { body: null },
  });
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
  expect(screen.queryByText("Nora")).toBeNull();
  expect(new URL(calls[0]?.url ?? "").pathname).toBe("/api/sign-out");
});

test("a wrong old password is told, and nobody is signed out by it", async () => {
  answerFetch({
    ...NORAS_FAMILY,
    "/api/password": {
      status: 401,
      body: { code: "access.old-password", message: "The old password is not right." },
    },
  });
  render(<App />);
  await userEvent.click(await screen.findByRole("button", { name: /parent/ }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Change password" }));
  await userEvent.type(await screen.findByLabelText(/^Password until now/), "wrong");
  await userEvent.type(screen.getByLabelText(/^New password/), "otter plum bicycle");
  await userEvent.type(screen.getByLabelText(/^The same once more/), "otter plum bicycle");
  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The old password is not right.");
  expect(screen.getByText("Nora")).toBeTruthy();
});

test("a parent comes to their child, and adds none", async () => {
  answerFetch({
    ...NORAS_FAMILY,
  });
  render(<App />);
  expect(await screen.findByRole("heading", { name: "Nora" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Add a child" })).toBeNull();
});

test("a researcher sees pseudonyms and never asks for children", async () => {
  const row = { pseudonym: "R-5D0C8A41E7F2", sex: "female", n_sessions: 3 };
  const calls = answerFetch({
    "/api/access": as("researcher", "export_research"),
    "/api/research/children": { body: [{ ...row, first_age_months: 30, last_age_months: 34 }] },
  });
  render(<App />);
  const shown = await screen.findByRole("row", { name: /R-5D0C8A41E7F2/ });
  expect(shown.textContent).toContain("30 to 34");
  expect(calls.map((call) => new URL(call.url).pathname)).not.toContain("/api/children");
});

test("an invitation: whom it invites, a password twice, and in", async () => {
  window.history.replaceState(null, "", "/invitation#s3cret");
  answerFetch({
    "/api/access": NOBODY,
    "/api/invitations/open": { body: { name: "bea", role: "parent" } },
  });
  render(<App />);
  expect((await screen.findByText(/You are invited as/)).textContent).toContain("parent");
  await userEvent.type(screen.getByLabelText(/^New password/), "otter plum bicycle");
  await userEvent.type(screen.getByLabelText(/^The same once more/), "otter plum");
  expect(screen.getByText("The two passwords differ.")).toBeTruthy();
  const calls = answerFetch({
    "/api/invitations/accept": { body: null },
    "/api/invitations/open": SPENT,
    ...NORAS_FAMILY,
  });
  await userEvent.click(screen.getByRole("button", { name: "Set password and sign in" }));
  expect(calls).toHaveLength(0);
  await userEvent.type(screen.getByLabelText(/^The same once more/), " bicycle");
  await userEvent.click(screen.getByRole("button", { name: "Set password and sign in" }));
  expect(await screen.findByRole("heading", { name: "Nora" })).toBeTruthy();
  await expect(calls[0]?.json()).resolves.toEqual({ secret: "s3cret", password: "otter plum bicycle" });
  expect(window.location.hash).toBe("");
});

test("an invitation that was used is told", async () => {
  window.history.replaceState(null, "", "/invitation#old");
  answerFetch({ "/api/access": NOBODY, "/api/invitations/open": SPENT });
  render(<App />);
  expect((await screen.findByRole("alert")).textContent).toContain("used already");
});

const bea = account({});
const PEOPLE = {
  "/api/access": as("admin", "see_child", "manage_accounts", "manage_team"),
  "/api/accounts": { body: [account({ id: "a1", name: "ann@clinic.example", role: "admin" }), bea] },
  "/api/teams": { body: [{ child_id: "c1", child_name: "Nora", account_ids: ["a2"] }] },
};

test("an administrator disables an account and changes a care team, but not their own account", async () => {
  window.history.replaceState(null, "", "/people");
  const calls = answerFetch({
    ...PEOPLE,
    "/api/accounts/a2": { body: { ...bea, is_disabled: true } },
    "/api/children/c1/team/a2": { body: null },
  });
  render(<App />);
  const own = await screen.findByRole("row", { name: /ann@clinic.example/ });
  expect(within(own).queryByRole("button")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Disable bea" }));
  const patch = calls.find((call) => call.method === "PATCH");
  await expect(patch?.json()).resolves.toEqual({ is_disabled: true });
  await userEvent.click(screen.getByRole("combobox", { name: "Child" }));
  await userEvent.click(await screen.findByRole("option", { name: "Nora", hidden: true }));
  await userEvent.click(await screen.findByRole("button", { name: "Remove bea" }));
  expect(calls.find((call) => call.method === "DELETE")?.url).toContain("/api/children/c1/team/a2");
});

test("an administrator invites somebody and gets the link once", async () => {
  window.history.replaceState(null, "", "/people");
  const made = { body: { account: account({ id: "a3", name: "cem" }), secret: "s3cret" } };
  const calls = answerFetch({ ...PEOPLE, "POST /api/accounts": made });
  render(<App />);
  await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
  await userEvent.type(await screen.findByLabelText(/^Name to sign in with/), "cem");
  await userEvent.click(screen.getByRole("button", { name: "Make the link" }));
  const link = await screen.findByLabelText<HTMLInputElement>("Invitation link");
  expect(link.value).toBe(`${window.location.origin}/invitation#s3cret`);
  const post = calls.find((call) => call.method === "POST");
  await expect(post?.json()).resolves.toEqual({ name: "cem", role: "parent", child_ids: [] });
});
