import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ApiProblem } from "@/api/client";
import { ErrorState, LoadingLines } from "@/components/states";
import { renderPlain } from "@/testing/render";

const problem = { code: "x.y", message: "It stopped.", hint: "Run `sdc serve` again.", source: "a.cha" };

test("an error says where, what and what to do, commands as such", async () => {
  const retry = vi.fn();
  renderPlain(<ErrorState error={new ApiProblem(500, problem)} onRetry={retry} />);
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toBe("a.cha: It stopped.Run sdc serve again.Try again");
  expect(alert.querySelector("code")?.textContent).toBe("sdc serve");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledOnce();
});

test("an error that nobody foresaw still has its words", () => {
  renderPlain(<ErrorState error={new Error("odd")} />);
  expect(screen.getByRole("alert").textContent).toBe("odd");
  expect(screen.queryByRole("button")).toBeNull();
});

test("the server's own fault has a number to report", () => {
  renderPlain(<ErrorState error={new ApiProblem(500, { ...problem, error_id: "0f3c" })} />);
  expect(screen.getByRole("alert").textContent).toContain("To report this, give its number: 0f3c");
});

test("in the place of a whole page, what is loading is its heading", () => {
  renderPlain(<LoadingLines isPage label="The child is being loaded" />);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("The child is being loaded");
  cleanup();
  renderPlain(<LoadingLines label="The sessions are being loaded" />);
  expect(screen.getByRole("status").textContent).toBe("The sessions are being loaded");
  expect(screen.queryByRole("heading")).toBeNull();
});
