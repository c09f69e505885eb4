import { expect, test } from "vitest";
import { speakerKind, speakerName } from "@/lib/speakers";
import { participant } from "@/testing/fixtures";

test.each([
  ["Target_Child", true, "child"],
  ["Child", true, "child"],
  ["Mother", false, "adult"],
  ["Investigator", false, "adult"],
  ["Sister", false, "other"],
  ["Unidentified", false, "unknown"],
])("%s is drawn as %s", (role, isChild, kind) => {
  expect(speakerKind(participant({ role, is_child: isChild }))).toBe(kind);
});

test("a speaker that nobody introduced is unknown and keeps the code", () => {
  expect(speakerKind(undefined)).toBe("unknown");
  expect(speakerName(undefined, "XYZ")).toBe("XYZ");
});

test("names come before roles, roles in words", () => {
  expect(speakerName(participant({ name: "Nora_Lee" }), "CHI")).toBe("Nora Lee");
  expect(speakerName(participant(), "CHI")).toBe("Child");
  expect(speakerName(participant({ role: "Camera_Operator" }), "CAM")).toBe("Camera Operator");
});
