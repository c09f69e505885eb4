import type { InsightOut } from "@/api/schema";

export const KINDS: Record<InsightOut["kind"], string> = {
  seen: "Seen in this session",
  strength: "Strengths",
  change: "What changed",
  listen: "Where to listen",
  adult: "The adults' side",
  idea: "To try at home",
  question: "Questions to ask",
  caveat: "To keep in mind",
};
