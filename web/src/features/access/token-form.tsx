import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "@/components/states";
import { tokenOf, useSignIn } from "@/features/access/sign-in";

/** On a laptop: the address that `sdc serve` printed. */
export function TokenForm() {
  const [pasted, setPasted] = useState("");
  const signIn = useSignIn();
  return (
    <>
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
    </>
  );
}
