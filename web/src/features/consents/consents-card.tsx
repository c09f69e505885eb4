import { Badge, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { PurposeOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import { ConsentDialog } from "@/features/consents/consent-dialog";
import { consentsQuery } from "@/api/get-consents";
import { useConsentWords } from "@/lib/consent-words";
import { formatDate } from "@/lib/format";

/** What the family has agreed to: each purpose in plain words, to be granted or withdrawn, with its history. */
export function ConsentsCard({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const consents = useQuery(consentsQuery(childId));
  const may = useMay();
  const [asked, setAsked] = useState<PurposeOut | null>(null);
  return (
    <section className="card stack" aria-labelledby="consents-title">
      <h2 id="consents-title">{t("consents.title")}</h2>
      {consents.isPending && <LoadingLines label={t("consents.loading")} />}
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
  const { t } = useTranslation();
  const words = useConsentWords()(purpose);
  const granted = purpose.is_granted;
  const told = purpose.history.length > 0;
  // Names of two languages are put together of two places, so that each is read as what it is.
  const own = useId();
  const [title, history, change] = [`${own}title`, `${own}history`, `${own}change`];
  return (
    <li className="stack" style={{ gap: "0.35rem" }}>
      <div className="row" style={{ justifyContent: "space-between", flexWrap: "nowrap" }}>
        <h3 id={title} lang={words.lang}>
          {words.title}
        </h3>
        <Badge variant="light" color={granted ? "teal" : "gray"} style={{ flexShrink: 0 }}>
          {t(`consents.${granted ? "granted" : told ? "withdrawn" : "not_granted"}`)}
        </Badge>
      </div>
      {purpose.retention_days !== null && (
        <p className="small">{t("consents.kept", { count: purpose.retention_days })}</p>
      )}
      <details>
        <summary className="small">{t(told ? "consents.meaning_and_history" : "consents.meaning")}</summary>
        <p className="small" style={{ marginTop: "0.35rem" }} lang={words.lang}>
          {words.text}
        </p>
        {told && (
          <>
            <span id={history} className="unseen">
              {t("consents.history_of")}
            </span>
            <ul className="small" aria-labelledby={`${history} ${title}`}>
              {purpose.history.map((version) => (
                <li key={version.version}>
                  <Trans
                    i18nKey={`consents.said.${version.state}`}
                    values={{ date: formatDate(version.at) }}
                    components={{
                      by: version.was_asked ? <bdi>{version.by}</bdi> : <>{t("consents.by_adding")}</>,
                    }}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </details>
      {onChange && (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: "flex-start" }}
          id={change}
          aria-labelledby={`${change} ${title}`}
          onClick={onChange}
        >
          {t(granted ? "consents.withdraw" : "consents.grant")}
        </Button>
      )}
    </li>
  );
}
