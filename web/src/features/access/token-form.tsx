import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { ErrorState } from "@/components/states";
import { tokenOf, useSignIn } from "@/features/access/sign-in";

/** On a laptop: the address that `sdc serve` printed. */
export function TokenForm() {
  const { t } = useTranslation();
  const [pasted, setPasted] = useState("");
  const signIn = useSignIn();
  return (
    <>
      <p>
        <Trans i18nKey="access.token.intro" components={{ code: <code /> }} />
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(tokenOf(pasted));
        }}
      >
        <TextInput
          label={t("access.token.label")}
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
            {t("access.sign_in")}
          </Button>
        </div>
      </form>
    </>
  );
}
