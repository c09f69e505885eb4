import { Button } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { RememberedOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useRememberVoices } from "@/features/session/roles/tell-roles";
import { texts } from "@/texts";

interface RememberProps {
  sessionId: string;
  childName: string | undefined;
  ready: boolean;
}

/** Remember the voices, so that the next recording knows them by itself. */
export function Remember({ sessionId, childName, ready }: RememberProps) {
  const { t } = useTranslation();
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
          {t("roles.remember")}
        </Button>
        <span className="small quiet">
          <Trans
            i18nKey="roles.remember_why"
            components={{ name: <bdi>{childName ?? t("roles.the_child")}</bdi> }}
          />
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
  const listed = (found: RememberedOut["roles"]) =>
    found.map((role) => texts.t(`roles.who.${role}`)).join(", ");
  const kept = roles.length > 0 ? texts.t("roles.remembered", { roles: listed(roles) }) : "";
  const short = too_short.length > 0 ? texts.t("roles.too_short", { roles: listed(too_short) }) : "";
  return [kept, short].filter(Boolean).join(" ");
}
