import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "@/components/states";
import { signedQuery } from "@/features/reports/get-signed";
import type { ReportOrder } from "@/features/reports/report-order";
import { useSignReport } from "@/features/reports/sign-report";

interface SignDialogProps {
  childId: string;
  order: ReportOrder;
  /** Of the text that stands in the preview: only that is signed. */
  digest: string;
  onClose: () => void;
}

/** Put one's name under the report that was previewed. */
export function SignDialog({ childId, order, digest, onClose }: SignDialogProps) {
  const { t } = useTranslation();
  const signed = useQuery(signedQuery(childId));
  const sign = useSignReport(childId);
  const [read, setRead] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const signer = String(new FormData(event.currentTarget).get("signer")).trim();
    sign.mutate(
      {
        kind: order.kind,
        first: order.from || null,
        last: order.to || null,
        sections: order.sections,
        signer,
        text_sha256: digest,
        seen: signed.data?.length ?? 0,
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("reports.sign.title", { kind: t(`reports.kinds.${order.kind}`) })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={submit}>
        <p>{t("reports.sign.what")}</p>
        <TextInput
          name="signer"
          label={t("reports.sign.name")}
          description={t("reports.sign.name_hint")}
          maxLength={120}
          dir="auto"
          required
          pattern=".*\S.*"
          data-autofocus
        />
        <Checkbox
          checked={read}
          onChange={(event) => {
            setRead(event.currentTarget.checked);
          }}
          label={t("reports.sign.read")}
        />
        {sign.isError && <ErrorState error={sign.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!read || !signed.isSuccess} loading={sign.isPending}>
            {t("reports.sign.send")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
