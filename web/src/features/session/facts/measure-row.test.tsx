import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { MeasureRow } from "@/features/session/facts/measure-row";
import { info, measure } from "@/testing/fixtures";
import { renderPlain } from "@/testing/render";

const show = (part: Parameters<typeof measure>[0], chosen = false) => {
  const onChoose = vi.fn();
  renderPlain(<MeasureRow info={info()} measure={measure(part)} chosen={chosen} onChoose={onChoose} />);
  return onChoose;
};

const row = () => screen.getByRole("listitem");

test("value, unit, sample and spread", () => {
  show({ value: 3.136, n: 84, sd: 1.918 });
  expect(row().textContent).toBe("MLU in words3.14 words / utterancen = 84 utterances · SD 1.92");
});

test("no value is a dash with its reason, never a zero", () => {
  show({ value: null, n: 0, sd: null, reason: "no time codes", reliability: null });
  expect(row().textContent).toBe("MLU in words—no time codes");
});

test("zero is a value", () => {
  show({ value: 0, unit: "words", n: 12 });
  expect(row().textContent).toContain("0 words");
});

test("choosing marks the lines, choosing again clears them", async () => {
  const choose = show({ utterances: [1, 2] });
  await userEvent.click(screen.getByRole("button", { name: "MLU in words" }));
  expect(choose).toHaveBeenLastCalledWith("mlu_words");
});

test("a chosen measure is cleared by its own button", async () => {
  const choose = show({ utterances: [1, 2] }, true);
  await userEvent.click(screen.getByRole("button", { expanded: true }));
  expect(choose).toHaveBeenLastCalledWith(null);
});

test("a chosen measure says how it is counted, and by which rule", () => {
  show({ n: 84 }, true);
  expect(row().textContent).toContain("Words per utterance. Rule mlu_words.v1.");
});
