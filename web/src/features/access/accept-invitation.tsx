import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, client } from "@/api/client";
import { ErrorState, LoadingLines } from "@/components/states";
import { NewPassword } from "@/features/access/new-password";
import { useAcceptInvitation } from "@/features/access/sign-in";
import { ROLE_WORDS } from "@/lib/roles";

interface AcceptInvitationProps {
  secret: string;
  onAccepted: () => void;
}

/** Whom a link invites, and the password that they choose. */
export function AcceptInvitation({ secret, onAccepted }: AcceptInvitationProps) {
  const invited = useQuery({
    queryKey: ["invitation", secret],
    queryFn: () => answer(client.POST("/api/invitations/open", { body: { secret } })),
    retry: false,
    refetchOnWindowFocus: false,
  });
  const [password, setPassword] = useState("");
  const accept = useAcceptInvitation();
  if (invited.isPending) return <LoadingLines label="The invitation is being opened" lines={2} />;
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
        You are invited as <strong>{ROLE_WORDS[invited.data.role]}</strong>. Your name to sign in with is{" "}
        <strong>
          <bdi>{invited.data.name}</bdi>
        </strong>
        .
      </p>
      {/* Lets the browser's password manager keep the name with the password. */}
      <input type="text" name="name" autoComplete="username" value={invited.data.name} readOnly hidden />
      <NewPassword value={password} onChange={setPassword} />
      {accept.isError && <ErrorState error={accept.error} />}
      <div>
        <Button type="submit" loading={accept.isPending}>
          Set password and sign in
        </Button>
      </div>
    </form>
  );
}
