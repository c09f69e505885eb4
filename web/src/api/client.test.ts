import { renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { answer, ApiProblem, client } from "@/api/client";
import { markSignedIn, useSignedOut } from "@/lib/access";
import { answerFetch } from "@/testing/answers";

afterEach(markSignedIn);

const ask = () => answer(client.GET("/api/children"));

test("an answer comes as it is", async () => {
  const body = { items: [], total: 0, has_more: false };
  answerFetch({ "/api/children": { body } });
  await expect(ask()).resolves.toEqual(body);
});

test("a problem keeps the server's words", async () => {
  const problem = { code: "store.not-found", message: "No such child.", hint: "Look in the list." };
  answerFetch({ "/api/children": { status: 404, body: problem } });
  const error = await ask().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiProblem);
  expect((error as ApiProblem).problem).toEqual(problem);
  expect((error as ApiProblem).message).toBe("No such child.");
});

test("an answer without words says its status", async () => {
  answerFetch({ "/api/children": { status: 500, body: "boom" } });
  await expect(ask()).rejects.toThrow("status 500");
});

test("no answer at all is told as such", async () => {
  answerFetch({ "/api/children": "no answer" });
  await expect(ask()).rejects.toThrow("does not answer");
});

test("a 401 asks for a sign-in", async () => {
  const { result, rerender } = renderHook(() => useSignedOut());
  expect(result.current).toBe(false);
  answerFetch({
    "/api/children": { status: 401, body: { code: "access.denied", message: "Sign in first." } },
  });
  await ask().catch(() => undefined);
  rerender();
  expect(result.current).toBe(true);
});
