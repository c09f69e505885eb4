import { Checkbox, Radio, SimpleGrid, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PreviewOut } from "@/api/schema";
import { KINDS, type ReportKind, type ReportOrder } from "@/features/reports/report-order";

interface ReportChoiceProps {
  order: ReportOrder;
  onOrder: (order: ReportOrder) => void;
  /** Those that may be left out. */
  sections: PreviewOut["sections"];
  /** Whether every kind is offered; a family has the letter only. */
  asTherapist: boolean;
}

/** Kind, period and sections of a report. */
export function ReportChoice({ order, onOrder, sections, asTherapist }: ReportChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      {asTherapist && (
        <Radio.Group
          label={t("reports.kind")}
          value={order.kind}
          onChange={(kind) => {
            onOrder({ ...order, kind: kind as ReportKind, sections: null });
          }}
        >
          <div className="stack" style={{ gap: "0.6rem", marginTop: "0.5rem" }}>
            {KINDS.map((kind) => (
              <Radio
                key={kind}
                value={kind}
                label={t(`reports.kinds.${kind}`)}
                description={t(`reports.about.${kind}`)}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Day name="from" order={order} onOrder={onOrder} />
        <Day name="to" order={order} onOrder={onOrder} />
      </SimpleGrid>
      {asTherapist && sections.length > 0 && (
        <Checkbox.Group
          label={t("reports.sections")}
          value={order.sections ?? sections.map((section) => section.key)}
          onChange={(chosen) => {
            onOrder({ ...order, sections: chosen.length === sections.length ? null : chosen });
          }}
        >
          <div className="stack" style={{ gap: "0.5rem", marginTop: "0.5rem" }} lang="en">
            {sections.map((section) => (
              <Checkbox key={section.key} value={section.key} label={section.title} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </>
  );
}

/** A day of the period; empty leaves that side open. */
function Day({
  name,
  order,
  onOrder,
}: {
  name: "from" | "to";
  order: ReportOrder;
  onOrder: (order: ReportOrder) => void;
}) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="date"
      label={t(`reports.${name}`)}
      description={t(`reports.${name}_hint`)}
      value={order[name]}
      onChange={(event) => {
        onOrder({ ...order, [name]: event.currentTarget.value });
      }}
    />
  );
}
