import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { UtteranceOut } from "@/api/schema";
import { Spoken } from "@/features/session/spoken";
import { TranscriptLine } from "@/features/session/transcript/transcript-line";
import { token, utterance } from "@/testing/fixtures";
import { renderPlain } from "@/testing/render";

function show(line: UtteranceOut, part: { codes?: boolean; playable?: boolean; spoken?: string } = {}) {
  const onOpen = vi.fn();
  const { container } = renderPlain(
    <Spoken value={part.spoken}>
      <TranscriptLine
        line={line}
        speaker="Nora"
        kind="child"
        goesOn={false}
        codes={part.codes ?? false}
        active={false}
        marked={false}
        playable={part.playable ?? true}
        onOpen={onOpen}
      />
    </Spoken>,
  );
  return { onOpen, text: container.querySelector("[data-kind]")?.textContent ?? "" };
}

const coded = utterance({
  index: 4,
  start_ms: 12_000,
  end_ms: 14_000,
  raw: "+^ &-um a [/] a &+d noosh [: nose] , xxx +...",
  tokens: [
    token("+^", { kind: "linker" }),
    token("um", { kind: "filler", raw: "&-um" }),
    token("a", { retraced: true }),
    token("a"),
    token("d", { kind: "fragment", raw: "&+d" }),
    token("noosh", { replacement: "nose" }),
    token(",", { kind: "separator" }),
    token("xxx", { kind: "unintelligible" }),
    token("+...", { kind: "terminator" }),
  ],
  tiers: [{ name: "mor", text: "det|a" }],
});

test("codes read as words", () => {
  expect(show(coded).text).toBe("0:12Nora: um a a d– noosh → nose, unclear…");
});

test("what was taken back is struck", () => {
  show(coded);
  expect(screen.getByTitle("Said again or taken back").tagName).toBe("S");
});

test("the CHAT view shows the line as written, with its tiers", () => {
  expect(show(coded, { codes: true }).text).toBe(
    "0:12CHI: +^ &-um a [/] a &+d noosh [: nose] , xxx +...%mor: det|a",
  );
});

test("a word that the recogniser doubted says so", () => {
  show(utterance({ tokens: [token("dog", { probability: 0.41 }), token("cat", { probability: 0.9 })] }));
  expect(screen.getByTitle("Recognised with little confidence (41 %)").textContent).toBe("dog");
  expect(screen.getAllByTitle(/confidence/)).toHaveLength(1);
});

test("what was said is told to be in the speaker's language, what we tell of it in the reader's", () => {
  const line = utterance({ tokens: [token("gato"), token("xxx", { kind: "unintelligible" })] });
  show(line, { spoken: "es" });
  expect(screen.getByText("gato").closest("[lang]")?.getAttribute("lang")).toBe("es");
  expect(screen.getByText("unclear").closest("[lang=es]")).toBeNull();
});

test("the button plays what has a time, else chooses", async () => {
  const { onOpen } = show(coded);
  await userEvent.click(screen.getByRole("button", { name: "Play line 5, 0:12" }));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(4);
});

test("without a recording nothing promises to play", () => {
  show(coded, { playable: false });
  expect(screen.getByRole("button").getAttribute("aria-label")).toMatch(/^Choose line 5/);
});

test("a click on the words opens the line", async () => {
  const { onOpen } = show(utterance({ index: 7 }));
  await userEvent.click(screen.getByText("dog"));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(7);
});
