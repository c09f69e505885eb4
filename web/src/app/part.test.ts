import { afterEach, expect, test, vi } from "vitest";
import { ApiProblem, NO_ANSWER } from "@/api/client";
import { part, tryAgain } from "@/app/part";

afterEach(() => {
  vi.unstubAllGlobals();
});

const reloading = () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { reload });
  return reload;
};

test("a part that does not come is told as a server that does not answer", async () => {
  await expect(part(() => Promise.resolve(3))()).resolves.toBe(3);
  const failed = part(() => Promise.reject(new TypeError("Failed to fetch dynamically imported module")))();
  await expect(failed).rejects.toMatchObject({ problem: { code: "network.no-answer" } });
});

test("the page is loaded anew once the server is back, and stays while it is away", async () => {
  const [reload, reset] = [reloading(), vi.fn()];
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  await tryAgain(new ApiProblem(0, NO_ANSWER), reset);
  expect(reload).not.toHaveBeenCalled();
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}")));
  await tryAgain(new ApiProblem(0, NO_ANSWER), reset);
  expect(reload).toHaveBeenCalledOnce();
  expect(reset).not.toHaveBeenCalled();
});

test("any other failure is tried again in place", async () => {
  const [reload, reset] = [reloading(), vi.fn()];
  await tryAgain(new Error("odd"), reset);
  expect(reset).toHaveBeenCalledOnce();
  expect(reload).not.toHaveBeenCalled();
});
