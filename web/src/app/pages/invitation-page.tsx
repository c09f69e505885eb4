import { useLocation, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "@/components/page-title";
import { AcceptInvitation } from "@/features/access/accept-invitation";

/** The page that an invitation's link opens; its secret stands behind the #. */
export function InvitationPage() {
  const { t } = useTranslation();
  usePageTitle(t("app.invitation.window"));
  const secret = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  return (
    <section className="card stack" style={{ maxWidth: "34rem", margin: "8vh auto 0" }}>
      <h1>{t("app.invitation.title")}</h1>
      {secret ? (
        <AcceptInvitation secret={secret} onAccepted={() => void navigate({ to: "/", replace: true })} />
      ) : (
        <p>{t("app.invitation.cut_off")}</p>
      )}
    </section>
  );
}
