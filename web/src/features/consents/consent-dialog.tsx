import { Button, Group, Modal, NumberInput, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { PurposeOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useChangeConsent } from "@/features/consents/change-consent";

interface ConsentDialogProps {
  childId: string;
  purpose: PurposeOut;
  onClose: () => void;
}

/** The words are shown once more, and it is asked who says so, before anything changes. */
export function ConsentDialog({ childId, purpose, onClose }: ConsentDialogProps) {
  const change = useChangeConsent(childId);
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
      title={withdraws ? "Withdraw a consent" : "Record a consent"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="stack" onSubmit={submit}>
        <p>
          <strong>{purpose.title}.</strong> {purpose.text}
        </p>
        {withdraws && isRecording && (
          <p role="alert">
            All recordings of this child are deleted now. This cannot be undone; transcripts and measures
            stay.
          </p>
        )}
        <TextInput
          name="by"
          label="Who says so"
          description="For example: mother, on paper"
          maxLength={120}
          dir="auto"
          required
          pattern=".*\S.*"
          data-autofocus
        />
        {!withdraws && isRecording && (
          <NumberInput
            label="Keep recordings for (days)"
            description="Empty: until the consent is withdrawn."
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
            Cancel
          </Button>
          <Button type="submit" color={withdraws ? "red" : undefined} loading={change.isPending}>
            {withdraws ? "Withdraw" : "Record consent"}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
