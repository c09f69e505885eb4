import { Button, Group, Modal, Radio, SegmentedControl, SimpleGrid, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { ErrorState } from "@/components/states";
import { useDownloadReport, type ReportFormat, type ReportKind } from "@/features/reports/download-report";

const KINDS: { kind: ReportKind; label: string; description: string }[] = [
  {
    kind: "progress",
    label: "Progress report",
    description: "For therapists: all measures of the period with n, error, rule and norms.",
  },
  {
    kind: "session",
    label: "Session note",
    description: "For therapists: the last session of the period; assessment and plan are left to you.",
  },
  {
    kind: "letter",
    label: "Letter to the family",
    description: "In plain words: a strength, what changed, an idea to try.",
  },
];
const FORMATS: { value: ReportFormat; label: string }[] = [
  { value: "pdf", label: "PDF" },
  { value: "html", label: "Web page" },
  { value: "csv", label: "Table (CSV)" },
];

interface ReportDialogProps {
  childId: string;
  /** Whether every kind is offered; a family has the letter only. */
  asTherapist: boolean;
  onClose: () => void;
}

/** Choose kind, period and format; the file goes to the browser's downloads. */
export function ReportDialog({ childId, asTherapist, onClose }: ReportDialogProps) {
  const download = useDownloadReport(childId, { asTherapist });
  const [kind, setKind] = useState<ReportKind>(asTherapist ? "progress" : "letter");
  const [format, setFormat] = useState<ReportFormat>("pdf");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const day = (name: string) => form.get(name) as string;
    download.mutate({ kind, format, from: day("from"), to: day("to") }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={asTherapist ? "Report" : "Letter about your child"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="stack" onSubmit={submit}>
        {asTherapist && <KindChoice kind={kind} onKind={setKind} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput name="from" type="date" label="From" description="Empty: the first session" />
          <TextInput name="to" type="date" label="To" description="Empty: the last session" />
        </SimpleGrid>
        <SegmentedControl
          aria-label="Format"
          data={FORMATS}
          value={format}
          onChange={(value) => {
            setFormat(value as ReportFormat);
          }}
        />
        <p className="small quiet">A report is a draft until the therapist has signed it.</p>
        {download.isError && <ErrorState error={download.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={download.isPending}>
            Download
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function KindChoice({ kind, onKind }: { kind: ReportKind; onKind: (kind: ReportKind) => void }) {
  return (
    <Radio.Group
      label="Which report"
      value={kind}
      onChange={(value) => {
        onKind(value as ReportKind);
      }}
    >
      <div className="stack" style={{ gap: "0.6rem", marginTop: "0.5rem" }}>
        {KINDS.map((item) => (
          <Radio key={item.kind} value={item.kind} label={item.label} description={item.description} />
        ))}
      </div>
    </Radio.Group>
  );
}
