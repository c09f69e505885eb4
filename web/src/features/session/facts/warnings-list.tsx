import { useTranslation } from "react-i18next";
import type { NoticeOut } from "@/api/schema";
import { Icon } from "@/components/icons";

/** What the reader of the input noticed, with line numbers. */
export function WarningsList({ warnings }: { warnings: NoticeOut[] }) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <details className="card">
      <summary>
        <span className="row" style={{ display: "inline-flex", gap: "0.4rem" }}>
          <Icon name="note" size={16} />
          {t("facts.warnings", { count: warnings.length })}
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
            {warning.line !== null && (
              <span className="quiet">{t("facts.warning_line", { number: warning.line })} </span>
            )}
            <span lang="en">{warning.message}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
