import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { answer, client } from "@/api/client";
import { ErrorState, LoadingLines } from "@/components/states";
import { NewPassword } from "@/features/access/new-password";
import { useAcceptInvitation } from "@/features/access/sign-in";
import { roleWords } from "@/lib/roles";

interface AcceptInvitationProps {
  secret: string;
  onAccepted: () => void;
}

/** Whom a link invites, and the password that they choose. */
export function AcceptInvitation({ secret, onAccepted }: AcceptInvitationProps) {
  const { t } = useTranslation();
  const invited = useQuery({
    queryKey: ["invitation", secret],
    queryFn: () => answer(client.POST("/api/invitations/open", { body: { secret } })),
    retry: false,
    refetchOnWindowFocus: false,
  });
  const [password, setPassword] = useState("");
  const accept = useAcceptInvitation();
  if (invited.isPending) return <LoadingLines label={t("access.invitation.opening")} lines={2} />;
  if (invited.isError) return <ErrorState error={invited.error} />;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({ secret, password }, { onSuccess: onAccepted });
      }}
    >
      <p>
        <Trans
          i18nKey="access.invitation.told"
          values={{ role: roleWords(invited.data.role) }}
          components={{ strong: <strong />, name: <Name name={invited.data.name} /> }}
        />
      </p>
      {/* Lets the browser's password manager keep the name with the password. */}
      <input type="text" name="name" autoComplete="username" value={invited.data.name} readOnly hidden />
      <NewPassword value={password} onChange={setPassword} />
      {accept.isError && <ErrorState error={accept.error} />}
      <div>
        <Button type="submit" loading={accept.isPending}>
          {t("access.invitation.send")}
        </Button>
      </div>
    </form>
  );
}

function Name({ name }: { name: string }) {
  return (
    <strong>
      <bdi>{name}</bdi>
    </strong>
  );
}
