import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { AnswerOut } from "@/api/schema";
import { AnswerView } from "@/features/ask/answer-view";
import { renderPlain } from "@/testing/render";

const answer: AnswerOut = {
  question: "How?",
  answer: "We cannot tell.",
  verdict: "cannot_tell",
  measure: null,
  claims: [],
  evidence: [],
  engine: "rules",
  model: null,
  prompt: null,
  note: null,
};

function show(changes: Partial<AnswerOut>) {
  renderPlain(<AnswerView answer={{ ...answer, ...changes }} />);
}

test("an answer says which engine and which model worded it", () => {
  show({ engine: "compatible", model: "tiny", prompt: "answer.1" });
  expect(screen.getByText(/^Answered by compatible \(tiny\), from/)).toBeTruthy();
  expect(screen.queryByRole("note")).toBeNull();
});

test("an answer that fell back says so", () => {
  show({ note: "Answered by rules: the language model did not answer in time." });
  expect(screen.getByRole("note").textContent).toContain("did not answer in time");
  expect(screen.getByText(/^Answered by rules, from/)).toBeTruthy();
});
