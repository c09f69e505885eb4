import type { operations } from "@/api/schema";

type Query = NonNullable<operations["get_report"]["parameters"]["query"]>;
export type ReportKind = NonNullable<Query["kind"]>;
export type ReportFormat = NonNullable<Query["format"]>;

export const KINDS: ReportKind[] = ["progress", "goals", "session", "letter"];

/** What is asked for; an empty day leaves the period open; `sections` null: all of them. */
export interface ReportOrder {
  kind: ReportKind;
  from: string;
  to: string;
  sections: string[] | null;
}

/** The same, as the server reads it in an address. */
export const queryOf = ({ kind, from, to, sections }: ReportOrder) => ({
  kind,
  from: from || undefined,
  to: to || undefined,
  ...(sections && { section: sections, only: true }),
});
