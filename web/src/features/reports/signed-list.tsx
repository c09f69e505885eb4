import { Badge, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SignedReportOut } from "@/api/schema";
import { ErrorState, LoadingLines } from "@/components/states";
import { useDownloadSigned } from "@/features/reports/download-report";
import { signedQuery } from "@/features/reports/get-signed";
import { formatDate } from "@/lib/format";

/** The reports that were signed, newest first: who, when, which version, and what has changed since. */
export function SignedList({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const signed = useQuery(signedQuery(childId));
  return (
    <section className="card stack" aria-labelledby="signed-title">
      <h2 id="signed-title">{t("reports.signed.title")}</h2>
      {signed.isPending && <LoadingLines label={t("reports.signed.loading")} lines={1} />}
      {signed.isError && <ErrorState error={signed.error} onRetry={() => void signed.refetch()} />}
      {signed.data?.length === 0 && <p className="quiet">{t("reports.signed.none")}</p>}
      {!!signed.data?.length && (
        <ul className="plain stack">
          {signed.data.map((report) => (
            <Signed key={report.id} childId={childId} report={report} all={signed.data} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Signed({
  childId,
  report,
  all,
}: {
  childId: string;
  report: SignedReportOut;
  all: SignedReportOut[];
}) {
  const { t } = useTranslation();
  const download = useDownloadSigned(childId);
  const name = t("reports.signed.name", {
    kind: t(`reports.kinds.${report.kind}`),
    version: report.version,
  });
  const before = all.find((other) => other.id === report.replaces);
  return (
    <li className="stack" style={{ gap: "0.35rem" }}>
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h3>{name}</h3>
        <Badge variant="light" color={report.state === "current" ? "teal" : "gray"}>
          {t(`reports.signed.states.${report.state}`)}
        </Badge>
      </div>
      <p className="small" dir="auto" style={{ overflowWrap: "anywhere" }}>
        {t("reports.signed.by", { signer: report.signer, date: formatDate(report.signed_at) })}
      </p>
      <p className="small quiet">
        {report.first === report.last
          ? t("reports.signed.day", { date: formatDate(report.first) })
          : t("reports.signed.period", { from: formatDate(report.first), to: formatDate(report.last) })}
      </p>
      {before && (
        <p className="small quiet">
          {t("reports.signed.replaces", { version: before.version, date: formatDate(before.signed_at) })}
        </p>
      )}
      <Changes report={report} />
      <div className="row">
        {(["pdf", "html"] as const).map((format) => (
          <Button
            key={format}
            size="compact-xs"
            variant="default"
            loading={download.isPending && download.variables.format === format}
            aria-label={t("reports.signed.download", { name, format: t(`reports.formats.${format}`) })}
            onClick={() => {
              download.mutate({ report, format });
            }}
          >
            {t(`reports.formats.${format}`)}
          </Button>
        ))}
      </div>
      {download.isError && <ErrorState error={download.error} />}
    </li>
  );
}

/** What it rests on and is another by now. */
function Changes({ report }: { report: SignedReportOut }) {
  const { t } = useTranslation();
  const told = [
    report.n_edited > 0 && t("reports.signed.edited", { count: report.n_edited }),
    report.n_added > 0 && t("reports.signed.added", { count: report.n_added }),
    report.n_removed > 0 && t("reports.signed.removed", { count: report.n_removed }),
    report.note_changed && t("reports.signed.note_changed"),
    report.rules.length > 0 && t("reports.signed.rules", { rules: report.rules.join(", ") }),
    report.n_rereviewed > 0 && t("reports.signed.rereviewed", { count: report.n_rereviewed }),
    report.phases_changed && t("reports.signed.phases_changed"),
    report.state === "outdated" && t("reports.signed.again"),
  ].filter(Boolean);
  return told.length > 0 && <p className="small">{told.join(" ")}</p>;
}
