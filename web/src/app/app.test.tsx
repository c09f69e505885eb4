import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { App } from "@/app/app";
import { markSignedIn } from "@/lib/access";
import { answerFetch } from "@/testing/answers";
import { child, childrenPage } from "@/testing/fixtures";

afterEach(() => {
  markSignedIn();
  window.history.replaceState(null, "", "/");
});

test("the list of children is home", async () => {
  answerFetch({ "/api/children": { body: childrenPage([child({ name: "Nora" })]) } });
  render(<App />);
  expect(await screen.findByRole("link", { name: "Nora" })).toBeTruthy();
  expect(document.title).toBe("Children · SDC");
});

test("no child yet: how to begin", async () => {
  answerFetch({ "/api/children": { body: childrenPage([]) } });
  render(<App />);
  expect(await screen.findByRole("heading", { name: "No child here yet" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Add a child" }));
  expect(await screen.findByRole("textbox", { name: "Name" })).toBeTruthy();
});

test("who is not signed in is asked for the token, and then sees the page", async () => {
  answerFetch({
    "/api/children": { status: 401, body: { code: "access.denied", message: "Sign in first." } },
  });
  render(<App />);
  const field = await screen.findByRole("textbox", { name: "Address or token" });
  const calls = answerFetch({
    "/api/login": { body: null },
    "/api/children": { body: childrenPage([child({ name: "Nora" })]) },
  });
  await userEvent.type(field, "http://127.0.0.1:8765/?token=abc");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("link", { name: "Nora" })).toBeTruthy();
  await expect(calls[0]?.json()).resolves.toEqual({ token: "abc" });
});

test("a child that is not there is told with what to do", async () => {
  window.history.replaceState(null, "", "/children/c9");
  answerFetch({
    "/api/children/c9": { status: 404, body: { code: "store.not-found", message: "No such child." } },
  });
  render(<App />);
  expect((await screen.findByRole("alert")).textContent).toContain("No such child.");
});

test("an address that does not exist leads home", async () => {
  window.history.replaceState(null, "", "/nowhere");
  answerFetch({});
  render(<App />);
  expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeTruthy();
});
