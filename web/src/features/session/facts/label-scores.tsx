import { useTranslation } from "react-i18next";
import type { VoiceLabelsOut } from "@/api/schema";
import { lineWords } from "@/components/evidence";
import { formatClock } from "@/lib/format";

/** The scores of each stretch as the model gave them, with the model and its licence. */
export function LabelScores({ labels }: { labels: VoiceLabelsOut }) {
  const { t } = useTranslation();
  const names = [...new Set(labels.stretches.flatMap((stretch) => Object.keys(stretch.scores)))];
  const made = labels.provenance;
  return (
    <section aria-label={t("facts.labels")} className="stack" style={{ gap: "0.35rem" }}>
      <h4>{t("facts.labels_title")}</h4>
      <p className="small quiet" style={{ overflowWrap: "anywhere" }}>
        {t("facts.labels_model", {
          model: made.model,
          revision: made.revision?.slice(0, 12),
          licence: labels.licence,
        })}
      </p>
      <div style={{ overflowX: "auto" }}>
        <table className="small">
          <thead>
            <tr>
              <th scope="col">{t("facts.label_line")}</th>
              <th scope="col">{t("facts.label_time")}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.stretches.map((stretch) => (
              <tr key={stretch.start_ms}>
                <th scope="row">{lineWords(stretch.utterance)}</th>
                <td>{formatClock(stretch.start_ms / 1000)}</td>
                {names.map((name) => (
                  <td key={name}>{stretch.scores[name]?.toFixed(2) ?? "—"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
