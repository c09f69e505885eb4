import type { ChildOut, SessionSummaryOut } from "@/api/schema";
import { texts } from "@/texts";

/** A question that fits how many sessions there are. */
export function exampleOf(
  { name }: ChildOut,
  sessions: readonly Pick<SessionSummaryOut, "week">[] = [],
): string {
  const [first, last] = [sessions[0]?.week, sessions.at(-1)?.week];
  if (first && last && last > first) return texts.t("ask.example.fluency", { name, first, last });
  return texts.t("ask.example.words", { name });
}
