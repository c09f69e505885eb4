import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { ByOut, DoubtfulLineOut, ReviewOut } from "@/api/schema";
import { Doubts, LineDoubt } from "@/features/session/review/line-doubt";
import { nextLine } from "@/features/session/review/queue";
import { ReviewStrip } from "@/features/session/review/review-strip";
import { answerFetch } from "@/testing/answers";
import { session } from "@/testing/fixtures";
import { renderPlain } from "@/testing/render";

const by: ByOut = { by: "a1", name: "ana", at: "2026-03-04T10:00:00Z", version: 1 };

const doubtful = (index: number, part: Partial<DoubtfulLineOut> = {}): DoubtfulLineOut => ({
  index,
  doubt: 0.7,
  reasons: [{ code: "word", text: "In English.", doubt: 0.7, words: ["nuff", "tog"], value: 0.3 }],
  looked_at: null,
  is_edited: false,
  ...part,
});

const review = (lines: DoubtfulLineOut[], part: Partial<ReviewOut> = {}): ReviewOut => ({
  version: 1,
  state: "raw",
  reviewed: null,
  n_left: lines.filter((line) => line.looked_at === null && !line.is_edited).length,
  lines,
  unknown_voices: [],
  ...part,
});

function show(found: ReviewOut, active: number | null = null) {
  const onOpen = vi.fn();
  renderPlain(<ReviewStrip session={session()} review={found} active={active} onOpen={onOpen} />);
  return onOpen;
}

test("the next line is the most doubtful one that nobody looked at, and round again", () => {
  const lines = [doubtful(7), doubtful(2, { looked_at: by }), doubtful(9), doubtful(4, { is_edited: true })];
  expect(nextLine(lines, null)).toBe(7);
  expect(nextLine(lines, 7)).toBe(9);
  expect(nextLine(lines, 9)).toBe(7);
  expect(nextLine(lines, 3)).toBe(7);
  expect(nextLine([doubtful(7)], 7)).toBeNull();
});

test("how many are left, and N opens the next one", async () => {
  const onOpen = show(review([doubtful(7), doubtful(2), doubtful(5, { looked_at: by })]));
  expect(screen.getByText("2 uncertain lines left")).toBeTruthy();
  expect(screen.getByRole("progressbar").getAttribute("aria-label")).toBe("1 of 3 uncertain lines looked at");
  await userEvent.keyboard("n");
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(7);
});

test("the open line tells why, and V marks it and goes on", async () => {
  const calls = answerFetch({ "/api/sessions/s1/review/lines/7": { body: review([doubtful(2)]) } });
  const onOpen = show(review([doubtful(7), doubtful(2)]), 7);
  expect(
    screen.getByText(/“nuff”, “tog” were recognised with little confidence \(30 % at the lowest\)\./),
  ).toBeTruthy();
  await userEvent.keyboard("v");
  await vi.waitFor(() => {
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(2);
  });
  expect(calls[0]?.method).toBe("PUT");
  expect(await calls[0]?.json()).toEqual({ version: 1, looked_at: true });
});

test("V does nothing on a line that is not doubtful", async () => {
  const calls = answerFetch({});
  show(review([doubtful(7)]), 3);
  await userEvent.keyboard("v");
  expect(calls).toEqual([]);
});

test("letters that are typed are no keys", async () => {
  const onOpen = show(review([doubtful(7)]));
  renderPlain(<input aria-label="a text" />);
  await userEvent.type(screen.getByLabelText("a text"), "nv");
  expect(onOpen).not.toHaveBeenCalled();
});

test("who looked at a line is told, and it can be undone", async () => {
  const calls = answerFetch({ "/api/sessions/s1/review/lines/7": { body: review([doubtful(7)]) } });
  show(review([doubtful(7, { looked_at: by }), doubtful(8)]), 7);
  expect(screen.getByText("Looked at by ana, 4 Mar 2026.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(await calls[0]?.json()).toEqual({ version: 1, looked_at: false });
});

test("a transcript is marked as reviewed, and the mark says who and when", async () => {
  const calls = answerFetch({ "/api/sessions/s1/review": { body: review([], { reviewed: by }) } });
  show(review([doubtful(7)]));
  await userEvent.click(screen.getByRole("button", { name: "Mark the transcript as reviewed" }));
  expect(await calls[0]?.json()).toEqual({ version: 1, reviewed: true });
});

test("a reviewed transcript has nothing left", () => {
  show(review([doubtful(7)], { reviewed: by, n_left: 0, state: "reviewed" }), 7);
  expect(screen.getByText("Reviewed by ana, 4 Mar 2026")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Take the mark back" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Next/ })).toBeNull();
});

test("who changed it first is told", async () => {
  const body = { code: "session.changed", message: "The transcript is at version 2 now." };
  answerFetch({ "/api/sessions/s1/review": { status: 409, body } });
  show(review([doubtful(7)]));
  await userEvent.click(screen.getByRole("button", { name: "Mark the transcript as reviewed" }));
  expect((await screen.findByRole("alert")).textContent).toContain("version 2");
});

test("beside a line stands why in words, not colour alone; done, it says so", () => {
  const lines = [doubtful(7), doubtful(8, { is_edited: true })];
  renderPlain(
    <Doubts value={new Map(lines.map((line) => [line.index, line]))}>
      <p aria-label="seven">
        <LineDoubt index={7} />
      </p>
      <p aria-label="eight">
        <LineDoubt index={8} />
      </p>
      <p aria-label="nine">
        <LineDoubt index={9} />
      </p>
    </Doubts>,
  );
  expect(screen.getByLabelText("seven").textContent).toContain("little confidence");
  expect(screen.getByLabelText("eight").textContent).toBe("Looked at");
  expect(screen.getByLabelText("nine").textContent).toBe("");
});
