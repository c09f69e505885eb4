import { Button, Popover } from "@mantine/core";
import type { ProvenanceOut } from "@/api/schema";
import { Icon } from "@/components/icons";

/** Which tools made what is shown. */
export function ProvenanceButton({ provenance }: { provenance: ProvenanceOut[] }) {
  if (provenance.length === 0) return null;
  return (
    <Popover width={340} shadow="md" position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<Icon name="info" size={15} />}>
          How this was made
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="How this was made">
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
  const parameters = Object.entries(item.parameters).map(([name, value]) => `${name} ${value}`);
  return (
    <li style={{ overflowWrap: "anywhere" }}>
      <strong>{item.step.replaceAll("_", " ")}</strong>: {item.engine} {item.version}
      {item.model && <div className="small">Model {item.model}</div>}
      {item.revision && (
        <div className="small" title={item.revision}>
          Fingerprint <code>{item.revision.slice(0, 12)}</code>
        </div>
      )}
      {parameters.length > 0 && <div className="small quiet">{parameters.join(", ")}</div>}
    </li>
  );
}
