import { expect, it } from "vitest";
import { ApiProblem, NO_ANSWER } from "@/api/client";
import { mayRetry } from "@/app/may-retry";

const refused = (status: number) => new ApiProblem(status, NO_ANSWER);

it.each([0, 500, 503, 507])("tries again what may pass by itself: %d", (status) => {
  expect([0, 1, 2].map((failures) => mayRetry(failures, refused(status)))).toEqual([true, true, false]);
});

it.each([401, 403, 404, 422, 501])("takes an answer that will stay the same: %d", (status) => {
  expect(mayRetry(0, refused(status))).toBe(false);
});

it("tries again when no answer can be read", () => {
  expect(mayRetry(1, new TypeError("Failed to fetch"))).toBe(true);
});
