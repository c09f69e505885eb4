import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { StatedEvents } from "@/features/session/facts/stated-events";
import { renderPlain } from "@/testing/render";
import { showLanguage } from "@/texts";

const event = {
  utterance: 2,
  speaker: "CHI",
  name: "laughs",
  text: "laughs",
  start_ms: 61000,
  end_ms: 62000,
};

test("each event leads to its line", async () => {
  const onLine = vi.fn();
  renderPlain(<StatedEvents events={[event]} nameOf={() => "Mia"} onLine={onLine} />);
  await userEvent.click(screen.getByText("1 voice event stated in the transcript"));
  expect(screen.getByText("Mia: laughs")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "1:01, line 3" }));
  expect(onLine).toHaveBeenCalledExactlyOnceWith(2);
});

test("what somebody did is said in the language of the page, with what the transcript says of it", async () => {
  await showLanguage("es");
  const loud = { ...event, name: "cries", text: "cries:loud" };
  renderPlain(<StatedEvents events={[event, loud]} nameOf={() => "Mia"} onLine={vi.fn()} />);
  expect(screen.getByText("Mia: ríe")).toBeTruthy();
  expect(screen.getByText(/Mia: llora/).textContent).toBe("Mia: llora cries:loud");
});

test("a line without a time has none", () => {
  renderPlain(
    <StatedEvents
      events={[{ ...event, start_ms: null, end_ms: null }]}
      nameOf={() => "Mia"}
      onLine={vi.fn()}
    />,
  );
  expect(screen.getByText("line 3")).toBeTruthy();
});

test("without events there is nothing", () => {
  renderPlain(<StatedEvents events={[]} nameOf={() => "Mia"} onLine={vi.fn()} />);
  expect(screen.queryByText(/stated in the transcript/)).toBeNull();
});
