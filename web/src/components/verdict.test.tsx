import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { VerdictMark } from "@/components/verdict";
import { answerFetch } from "@/testing/answers";
import { renderPlain } from "@/testing/render";

const MEASURES = [{ id: "maze_words_pct", title: "Words in mazes" }];

describe("VerdictMark", () => {
  it("says what went down: fewer hesitations are not less fluency", async () => {
    answerFetch({ "/api/measures": { body: MEASURES } });
    renderPlain(<VerdictMark verdict="decrease" measure="maze_words_pct" />);
    expect(await screen.findByText("Words in mazes: lower than before")).toBeTruthy();
  });

  it("stands alone without a measure", () => {
    answerFetch({ "/api/measures": { body: MEASURES } });
    renderPlain(<VerdictMark verdict="cannot_tell" measure={null} />);
    expect(screen.getByText("We can't tell yet")).toBeTruthy();
  });
});
