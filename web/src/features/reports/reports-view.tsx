import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { DownloadDraft } from "@/features/reports/download-draft";
import { previewQuery } from "@/features/reports/get-preview";
import { NoteCard } from "@/features/reports/note-card";
import { ReportChoice } from "@/features/reports/report-choice";
import type { ReportOrder } from "@/features/reports/report-order";
import { ReportPreview } from "@/features/reports/report-preview";
import classes from "@/features/reports/reports.module.css";
import { SignDialog } from "@/features/reports/sign-dialog";
import { SignedList } from "@/features/reports/signed-list";

/** A child's reports: what it is to hold on one side, the page itself on the other, those that were signed below. */
export function ReportsView({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const asTherapist = may("write_report");
  const [chosen, setChosen] = useState<ReportOrder>({
    kind: "progress",
    from: "",
    to: "",
    sections: null,
  });
  const order: ReportOrder = asTherapist ? chosen : { ...chosen, kind: "letter", sections: null };
  const preview = useQuery(previewQuery(childId, order, asTherapist));
  const [signing, setSigning] = useState(false);
  // A page of an earlier choice that still stands there is not what would be signed.
  const ready = preview.isSuccess && !preview.isPlaceholderData;
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <section className="card stack" aria-labelledby="choice-title">
          <h2 id="choice-title">{t("reports.choose")}</h2>
          <ReportChoice
            order={order}
            onOrder={setChosen}
            sections={preview.data?.sections ?? []}
            asTherapist={asTherapist}
          />
          <DownloadDraft childId={childId} order={order} asTherapist={asTherapist} />
          {may("sign_report") && (
            <Button
              disabled={!ready}
              onClick={() => {
                setSigning(true);
              }}
            >
              {t("reports.sign.open")}
            </Button>
          )}
          <p className="small quiet">{t("reports.draft")}</p>
        </section>
        {asTherapist && ready && preview.data.session_id && (
          <NoteCard key={preview.data.session_id} childId={childId} sessionId={preview.data.session_id} />
        )}
        <div className={classes.signed}>
          <SignedList childId={childId} />
        </div>
      </div>
      <ReportPreview preview={preview} kind={order.kind} />
      {signing && ready && (
        <SignDialog
          childId={childId}
          order={order}
          digest={preview.data.text_sha256}
          onClose={() => {
            setSigning(false);
          }}
        />
      )}
    </div>
  );
}
