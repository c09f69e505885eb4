import type { ResearchSessionsOut } from "@/api/schema";

const COLUMNS = [
  "pseudonym",
  "sex",
  "session",
  "week",
  "age_months",
  "origin",
  "measure",
  "value",
  "unit",
  "n",
  "sd",
  "rule",
  "reason",
];

// Numbers stay numbers; text that a table program would take for a formula gets an apostrophe in front
// (the same rule as src/sdc/formats/cells.py).
const FORMULA = /^[ \u00a0]*[=+\-@\t\r\n＝＋－＠]/;

function cell(value: string | number | null | undefined): string {
  const plain = value === null || value === undefined ? "" : String(value);
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line for each measure of each session; what could not be computed is empty, with its reason. */
export function toCsv(child: ResearchSessionsOut): string {
  const rows = child.sessions.flatMap((session) =>
    Object.entries(session.measures).map(([id, measure]) => [
      child.pseudonym,
      child.sex,
      session.number,
      session.week,
      session.age_months,
      session.origin,
      id,
      measure.value,
      measure.unit,
      measure.n,
      measure.sd,
      measure.rule,
      measure.reason,
    ]),
  );
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

/** Hand a text to the browser as a file. */
export function saveText(filename: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
  URL.revokeObjectURL(url);
}
