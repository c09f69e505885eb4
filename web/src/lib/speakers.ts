import type { ParticipantOut } from "@/api/schema";
import { wordOf } from "@/texts";

/** Kinds of speaker; each has one colour everywhere. */
export type SpeakerKind = "child" | "adult" | "other" | "unknown";

const ADULTS = new Set(
  (
    "Mother Father Investigator Adult Teacher Therapist Caretaker Grandmother Grandfather Aunt Uncle Nurse " +
    "Doctor Clinician Interviewer Examiner Visitor Student Relative Female Male Leader Narrator Camera_Operator " +
    "Environment_Adult Subject"
  ).split(" "),
);

type Known = Pick<ParticipantOut, "code" | "role" | "name" | "is_child">;

export function speakerKind(speaker: Known | undefined): SpeakerKind {
  if (!speaker || speaker.role === "Unidentified") return "unknown";
  if (speaker.is_child) return "child";
  return ADULTS.has(speaker.role) ? "adult" : "other";
}

/** The name as given, or the role in words; the code only where nothing else is known. */
export function speakerName(speaker: Known | undefined, code: string): string {
  if (!speaker) return code;
  if (speaker.name) return speaker.name.replaceAll("_", " ");
  return roleTitle(speaker.role);
}

/** A role of CHAT in words. */
export const roleTitle = (role: string): string => wordOf("speakers", role) ?? role.replaceAll("_", " ");
