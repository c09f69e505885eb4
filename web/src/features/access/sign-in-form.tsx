import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { usePageTitle } from "@/components/page-title";
import { ErrorState } from "@/components/states";
import { tokenOf, useSignIn } from "@/features/access/sign-in";

/** Shown where the server asks who is there. */
export function SignIn() {
  usePageTitle("Sign in");
  const [pasted, setPasted] = useState("");
  const signIn = useSignIn();
  return (
    <section className="card stack" style={{ maxWidth: "34rem", margin: "8vh auto 0" }}>
      <h1>Sign in</h1>
      <p>
        These are a child&apos;s recordings, so only this computer&apos;s owner may look.{" "}
        <code>sdc serve</code> prints an address when it starts: open it, or paste it (or the token at its
        end) here. It works once.
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(tokenOf(pasted));
        }}
      >
        <TextInput
          label="Address or token"
          value={pasted}
          onChange={(event) => {
            setPasted(event.currentTarget.value);
          }}
          autoComplete="off"
          spellCheck={false}
          required
        />
        {signIn.isError && <ErrorState error={signIn.error} />}
        <div>
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
        </div>
      </form>
    </section>
  );
}
