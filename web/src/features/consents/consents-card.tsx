import { Badge, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/get-access";
import type { PurposeOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import { ConsentDialog } from "@/features/consents/consent-dialog";
import { consentsQuery } from "@/features/consents/get-consents";
import { formatDate } from "@/lib/format";

/** What the family has agreed to: each purpose in plain words, to be granted or withdrawn, with its history. */
export function ConsentsCard({ childId }: { childId: string }) {
  const consents = useQuery(consentsQuery(childId));
  const may = useMay();
  const [asked, setAsked] = useState<PurposeOut | null>(null);
  return (
    <section className="card stack" aria-labelledby="consents-title">
      <h2 id="consents-title">Consent</h2>
      {consents.isPending && <LoadingLines label="The consents are being loaded" />}
      {consents.isError && <ErrorState error={consents.error} onRetry={() => void consents.refetch()} />}
      <ul className="plain stack">
        {consents.data?.map((purpose) => (
          <Purpose
            key={purpose.purpose}
            purpose={purpose}
            onChange={
              may("manage_consent")
                ? () => {
                    setAsked(purpose);
                  }
                : undefined
            }
          />
        ))}
      </ul>
      {asked && (
        <ConsentDialog
          childId={childId}
          purpose={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </section>
  );
}

function Purpose({ purpose, onChange }: { purpose: PurposeOut; onChange?: () => void }) {
  const granted = purpose.is_granted;
  return (
    <li className="stack" style={{ gap: "0.35rem" }}>
      <div className="row" style={{ justifyContent: "space-between", flexWrap: "nowrap" }}>
        <h3>{purpose.title}</h3>
        <Badge variant="light" color={granted ? "teal" : "gray"} style={{ flexShrink: 0 }}>
          {granted ? "Granted" : purpose.history.length > 0 ? "Withdrawn" : "Not granted"}
        </Badge>
      </div>
      {purpose.retention_days !== null && (
        <p className="small">Recordings are kept for {purpose.retention_days} days.</p>
      )}
      <details>
        <summary className="small">
          What it means{purpose.history.length > 0 && ", and who said what"}
        </summary>
        <p className="small" style={{ marginTop: "0.35rem" }}>
          {purpose.text}
        </p>
        {purpose.history.length > 0 && (
          <ul className="small" aria-label={`History: ${purpose.title}`}>
            {purpose.history.map((version) => (
              <li key={version.version}>
                {formatDate(version.at)}: {version.state} by <bdi>{version.by}</bdi>
              </li>
            ))}
          </ul>
        )}
      </details>
      {onChange && (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: "flex-start" }}
          aria-label={`${granted ? "Withdraw" : "Grant"}: ${purpose.title}`}
          onClick={onChange}
        >
          {granted ? "Withdraw…" : "Grant…"}
        </Button>
      )}
    </li>
  );
}
