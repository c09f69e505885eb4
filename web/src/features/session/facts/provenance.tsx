import { Button, Popover } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProvenanceOut } from "@/api/schema";
import { Icon } from "@/components/icons";

/** Which tools made what is shown. */
export function ProvenanceButton({ provenance }: { provenance: ProvenanceOut[] }) {
  const { t } = useTranslation();
  if (provenance.length === 0) return null;
  return (
    <Popover width={340} shadow="md" position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<Icon name="info" size={15} />}>
          {t("facts.how_made")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("facts.how_made")}>
        <ul className="plain stack" style={{ gap: "0.75rem" }}>
          {provenance.map((item, i) => (
            <ProvenanceItem key={i} item={item} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function ProvenanceItem({ item }: { item: ProvenanceOut }) {
  const { t } = useTranslation();
  const parameters = Object.entries(item.parameters).map(([name, value]) => `${name} ${value}`);
  return (
    <li style={{ overflowWrap: "anywhere" }}>
      <strong>{item.step.replaceAll("_", " ")}</strong>: {item.engine} {item.version}
      {item.model && <div className="small">{t("facts.model", { model: item.model })}</div>}
      {item.revision && (
        <div className="small" title={item.revision}>
          {t("facts.fingerprint")} <code>{item.revision.slice(0, 12)}</code>
        </div>
      )}
      {parameters.length > 0 && <div className="small quiet">{parameters.join(", ")}</div>}
    </li>
  );
}
