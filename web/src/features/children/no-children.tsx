import { Button } from "@mantine/core";
import { EmptyState } from "@/components/states";

/** How to begin; who may add no child waits until they are put on a care team. */
export function NoChildren({ onAdd }: { onAdd?: () => void }) {
  if (!onAdd)
    return (
      <EmptyState title="No child here yet">
        <p>You see a child as soon as you are on its care team. Ask whoever invited you.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="No child here yet">
      <p>
        Add a child, then drop a recording or a CHAT transcript on the child&apos;s page: measures, the
        history and what was seen follow by themselves. Everything stays on this computer.
      </p>
      <Button onClick={onAdd}>Add a child</Button>
      <p className="quiet">
        Just looking? Stop the server and run <code>sdc demo</code>: it brings Sarah, a made-up child with
        five weekly sessions.
      </p>
    </EmptyState>
  );
}
