import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { consentsQuery } from "@/api/get-consents";
import type { PurposeOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import { ErrorState, LoadingLines } from "@/components/states";
import classes from "@/features/parent/parent.module.css";
import { useConsentWords } from "@/lib/consent-words";

/** What the family has agreed to, in the words in which it was asked. */
export function AgreedCard({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const agreed = useQuery(consentsQuery(childId));
  const granted = agreed.data?.filter((purpose) => purpose.is_granted) ?? [];
  const others = agreed.data?.filter((purpose) => !purpose.is_granted) ?? [];
  return (
    <section className="card stack" aria-labelledby="agreed-title">
      <h2 id="agreed-title">{t("parent.agreed.title")}</h2>
      {agreed.isPending && <LoadingLines label={t("parent.agreed.loading")} lines={2} />}
      {agreed.isError && <ErrorState error={agreed.error} onRetry={() => void agreed.refetch()} />}
      {agreed.data && granted.length === 0 && <p>{t("parent.agreed.none")}</p>}
      <Purposes purposes={granted} label={t("parent.agreed.yes")} isGranted />
      {others.length > 0 && (
        <details>
          <summary className="small">{t("parent.agreed.no")}</summary>
          <Purposes purposes={others} label={t("parent.agreed.no")} />
        </details>
      )}
      <Link to="/children/$childId" params={{ childId }} search={{}} hash="consents" className="small">
        {t("parent.agreed.change")}
      </Link>
    </section>
  );
}

interface PurposesProps {
  purposes: PurposeOut[];
  label: string;
  isGranted?: boolean;
}

function Purposes({ purposes, label, isGranted = false }: PurposesProps) {
  const words = useConsentWords();
  if (purposes.length === 0) return null;
  return (
    <ul className={`plain ${classes.purposes}`} aria-label={label}>
      {purposes.map((purpose) => (
        <li key={purpose.purpose} className={classes.purpose}>
          <Icon name={isGranted ? "check" : "close"} />
          <span lang={words(purpose).lang}>{words(purpose).title}</span>
        </li>
      ))}
    </ul>
  );
}
