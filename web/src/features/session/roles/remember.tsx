import { Button } from "@mantine/core";
import type { RememberedOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useRememberVoices } from "@/features/session/roles/tell-roles";

interface RememberProps {
  sessionId: string;
  childName: string | undefined;
  ready: boolean;
}

/** Remember the voices, so that the next recording knows them by itself. */
export function Remember({ sessionId, childName, ready }: RememberProps) {
  const remember = useRememberVoices(sessionId);
  return (
    <div className="stack" style={{ gap: "0.5rem" }}>
      <div className="row">
        <Button
          size="sm"
          variant="default"
          disabled={!ready}
          loading={remember.isPending}
          onClick={() => {
            remember.mutate();
          }}
        >
          Remember these voices
        </Button>
        <span className="small quiet">
          Later recordings of <bdi>{childName ?? "the child"}</bdi> then know them. A voiceprint is kept, no
          speech.
        </span>
      </div>
      <div aria-live="polite">
        {remember.isError && <ErrorState error={remember.error} />}
        {remember.data && <p>{outcome(remember.data)}</p>}
      </div>
    </div>
  );
}

function outcome({ roles, too_short }: RememberedOut): string {
  const kept = roles.length > 0 ? `Remembered: ${roles.join(", ")}.` : "";
  const short = too_short.length > 0 ? `Too little is heard alone of: ${too_short.join(", ")}.` : "";
  return [kept, short].filter(Boolean).join(" ");
}
