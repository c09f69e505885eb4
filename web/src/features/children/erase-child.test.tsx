import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { EraseChild } from "@/features/children/erase-child";
import { answerFetch } from "@/testing/answers";
import { child } from "@/testing/fixtures";
import { renderLinked } from "@/testing/render";

const erasing = "DELETE /api/children/c1";

async function opened(answer: { status?: number; body: unknown }) {
  const calls = answerFetch({ [erasing]: answer });
  await renderLinked(<EraseChild child={child({ id: "c1", name: "Mia Ruiz" })} />);
  await userEvent.click(screen.getByRole("button", { name: "Erase…" }));
  return { calls, dialog: await screen.findByRole("dialog") };
}

const type = (dialog: HTMLElement, value: string) => {
  fireEvent.change(within(dialog).getByLabelText(/^Type the child's name/), { target: { value } });
};

test("it says what goes and what stays, and waits for the name", async () => {
  const { calls, dialog } = await opened({ body: { removed: {}, is_overwritten: true, n_left: 0 } });
  expect(dialog.textContent).toMatch(/Everything of Mia Ruiz goes.*What stays.*audit.*cannot be undone/);
  const button = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Erase for good" });
  type(dialog, "mia");
  expect(button.disabled).toBe(true);
  type(dialog, "Mia Ruiz");
  await userEvent.click(button);
  expect(await screen.findByText(/found nothing of this child/)).toBeTruthy();
  expect(calls.map((call) => new URL(call.url).search)).toEqual(["?name=Mia%20Ruiz"]);
});

test("what a search still found is told", async () => {
  const { dialog } = await opened({ body: { removed: {}, is_overwritten: false, n_left: 2 } });
  type(dialog, "Mia Ruiz");
  await userEvent.click(within(dialog).getByRole("button", { name: "Erase for good" }));
  expect(await screen.findByText(/found the name in 2 other places/)).toBeTruthy();
  expect(screen.getByText(/does not overwrite on disk/)).toBeTruthy();
});

test("a refusal is shown, and nothing is taken for erased", async () => {
  const { dialog } = await opened({
    status: 409,
    body: { code: "erase.name", message: "Nothing was erased." },
  });
  type(dialog, "Mia Ruiz");
  await userEvent.click(within(dialog).getByRole("button", { name: "Erase for good" }));
  expect(await within(dialog).findByText(/Nothing was erased/)).toBeTruthy();
  expect(within(dialog).getByRole("button", { name: "Erase for good" })).toBeTruthy();
});
