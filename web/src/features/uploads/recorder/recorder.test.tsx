import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { Recorder } from "@/features/uploads/recorder/recorder";
import { renderPlain } from "@/testing/render";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page whose browser answers the wish for a microphone. */
function browser({ secure = true, refusal }: { secure?: boolean; refusal?: string }) {
  vi.stubGlobal("isSecureContext", secure);
  vi.stubGlobal("MediaRecorder", { isTypeSupported: () => true });
  const getUserMedia = vi.fn(() => Promise.reject(new DOMException("no", refusal)));
  vi.stubGlobal("navigator", { ...navigator, mediaDevices: { getUserMedia } });
  return getUserMedia;
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const granted = { state: "granted" } as const;

test.each([
  ["NotAllowedError", /was not allowed.*Allow it for this page/],
  ["NotFoundError", /no microphone.*upload the file/],
  ["NotReadableError", /Another program/],
])("%s is told with what to do", async (refusal, words) => {
  browser({ refusal });
  renderPlain(<Recorder childId="c1" owner="ann" consent={granted} onTaken={vi.fn()} />);
  await press("Record with the microphone");
  expect((await screen.findByRole("alert")).textContent).toMatch(words);
});

test("a page that is not secure says how to open it, and asks for no microphone", async () => {
  const asked = browser({ secure: false });
  renderPlain(<Recorder childId="c1" owner="ann" consent={granted} onTaken={vi.fn()} />);
  await press("Record with the microphone");
  expect((await screen.findByRole("alert")).textContent).toMatch(/https address/);
  expect(asked).not.toHaveBeenCalled();
});

test("voices are recorded as they are: nothing is evened out", async () => {
  const asked = browser({ refusal: "NotAllowedError" });
  renderPlain(<Recorder childId="c1" owner="ann" consent={granted} onTaken={vi.fn()} />);
  await press("Record with the microphone");
  expect(asked).toHaveBeenCalledWith({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
  });
});

test("where no consent is written down it is asked for first", async () => {
  const asked = browser({ refusal: "NotAllowedError" });
  const ask = vi.fn();
  renderPlain(<Recorder childId="c1" owner="ann" consent={{ state: "unsaid", ask }} onTaken={vi.fn()} />);
  await press("Record with the microphone");
  expect(screen.getByRole("group", { name: /Has the family agreed/ })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /delete it/ })).toBeNull();
  await press("Write down the consent");
  expect(ask).toHaveBeenCalled();
  expect(asked).not.toHaveBeenCalled();
});

test("a consent that was taken back leaves a recording that is measured and deleted", async () => {
  const asked = browser({ refusal: "NotAllowedError" });
  renderPlain(<Recorder childId="c1" owner="ann" consent={{ state: "withdrawn" }} onTaken={vi.fn()} />);
  await press("Record with the microphone");
  expect(screen.queryByRole("button", { name: "Write down the consent" })).toBeNull();
  await press("Record, and delete it after measuring");
  expect(asked).toHaveBeenCalled();
});
