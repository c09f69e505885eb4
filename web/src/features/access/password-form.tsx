import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState } from "@/components/states";
import { usePasswordSignIn } from "@/features/access/sign-in";

/** In a clinic: name and password. */
export function PasswordForm() {
  const { t } = useTranslation();
  const signIn = usePasswordSignIn();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ name: String(form.get("name")).trim(), password: String(form.get("password")) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("access.password.intro")}</p>
      <TextInput
        name="name"
        label={t("access.password.name")}
        description={t("access.password.name_hint")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        required
      />
      <PasswordInput
        name="password"
        label={t("access.password.password")}
        autoComplete="current-password"
        maxLength={1000}
        required
        visibilityToggleButtonProps={{ "aria-label": t("access.password.show") }}
      />
      {signIn.isError && <ErrorState error={signIn.error} />}
      <div>
        <Button type="submit" loading={signIn.isPending}>
          {t("access.sign_in")}
        </Button>
      </div>
      <p className="quiet small">{t("access.password.lost")}</p>
    </form>
  );
}
