import { Button, Group, Modal, NumberInput, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PurposeOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useChangeConsent } from "@/features/consents/change-consent";
import { useConsentWords } from "@/lib/consent-words";

interface ConsentDialogProps {
  childId: string;
  purpose: PurposeOut;
  onClose: () => void;
}

/** The words are shown once more, and it is asked who says so, before anything changes. */
export function ConsentDialog({ childId, purpose, onClose }: ConsentDialogProps) {
  const { t } = useTranslation();
  const change = useChangeConsent(childId);
  const words = useConsentWords()(purpose);
  const [days, setDays] = useState<number | string>("");
  const withdraws = purpose.is_granted;
  const isRecording = purpose.purpose === "store_recording";
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const by = String(new FormData(event.currentTarget).get("by")).trim();
    change.mutate(
      {
        purpose: purpose.purpose,
        state: withdraws ? "withdrawn" : "granted",
        by,
        retention_days: !withdraws && typeof days === "number" ? days : null,
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(withdraws ? "consents.dialog.withdraw" : "consents.dialog.record")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form className="stack" onSubmit={submit}>
        <p lang={words.lang}>
          <strong>{words.title}.</strong> {words.text}
        </p>
        {withdraws && isRecording && <p role="alert">{t("consents.dialog.deletes")}</p>}
        <TextInput
          name="by"
          label={t("consents.dialog.by")}
          description={t("consents.dialog.by_hint")}
          maxLength={120}
          dir="auto"
          required
          pattern=".*\S.*"
          data-autofocus
        />
        {!withdraws && isRecording && (
          <NumberInput
            label={t("consents.dialog.days")}
            description={t("consents.dialog.days_hint")}
            min={1}
            max={36500}
            allowDecimal={false}
            value={days}
            onChange={setDays}
          />
        )}
        {change.isError && <ErrorState error={change.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" color={withdraws ? "red" : undefined} loading={change.isPending}>
            {t(withdraws ? "consents.dialog.send_withdraw" : "consents.dialog.send_record")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
