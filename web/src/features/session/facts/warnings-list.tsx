import type { NoticeOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { formatCount } from "@/lib/format";

/** What the reader of the input noticed, with line numbers. */
export function WarningsList({ warnings }: { warnings: NoticeOut[] }) {
  if (warnings.length === 0) return null;
  return (
    <details className="card">
      <summary>
        <span className="row" style={{ display: "inline-flex", gap: "0.4rem" }}>
          <Icon name="note" size={16} />
          {formatCount(warnings.length, "warning")} about the input
        </span>
      </summary>
      <ul
        style={{
          paddingInlineStart: "1.2rem",
          maxHeight: "20rem",
          overflow: "auto",
          overflowWrap: "anywhere",
        }}
      >
        {warnings.map((warning, i) => (
          <li key={i} dir="auto">
            {warning.line !== null && <span className="quiet">Line {warning.line}: </span>}
            {warning.message}
          </li>
        ))}
      </ul>
    </details>
  );
}
