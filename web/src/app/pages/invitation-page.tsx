import { useLocation, useNavigate } from "@tanstack/react-router";
import { usePageTitle } from "@/components/page-title";
import { AcceptInvitation } from "@/features/access/accept-invitation";

/** The page that an invitation's link opens; its secret stands behind the #. */
export function InvitationPage() {
  usePageTitle("Invitation");
  const secret = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  return (
    <section className="card stack" style={{ maxWidth: "34rem", margin: "8vh auto 0" }}>
      <h1>Welcome</h1>
      {secret ? (
        <AcceptInvitation secret={secret} onAccepted={() => void navigate({ to: "/", replace: true })} />
      ) : (
        <p>This address is not whole: open the link that you were given once more, up to its end.</p>
      )}
    </section>
  );
}
