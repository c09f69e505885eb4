import type { VoiceLabelsOut } from "@/api/schema";
import { lineWords } from "@/components/evidence";
import { formatClock } from "@/lib/format";

/** The scores of each stretch as the model gave them, with the model and its licence. */
export function LabelScores({ labels }: { labels: VoiceLabelsOut }) {
  const names = [...new Set(labels.stretches.flatMap((stretch) => Object.keys(stretch.scores)))];
  const made = labels.provenance;
  return (
    <section aria-label="Experimental label scores" className="stack" style={{ gap: "0.35rem" }}>
      <h4>Label scores, experimental</h4>
      <p className="small quiet" style={{ overflowWrap: "anywhere" }}>
        Model {made.model}, revision {made.revision?.slice(0, 12)}, licence {labels.licence}. Made for acted
        adult speech; what the labels mean for a child has not been shown.
      </p>
      <div style={{ overflowX: "auto" }}>
        <table className="small">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Time</th>
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
