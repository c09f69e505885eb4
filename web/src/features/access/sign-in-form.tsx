import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accessQuery } from "@/api/get-access";
import { usePageTitle } from "@/components/page-title";
import { LoadingLines } from "@/components/states";
import { PasswordForm } from "@/features/access/password-form";
import { TokenForm } from "@/features/access/token-form";

/** Shown where the server asks who is there; the page that was asked for comes after it. */
export function SignIn() {
  const { t } = useTranslation();
  usePageTitle(t("access.sign_in"));
  const access = useQuery(accessQuery);
  return (
    <section className="card stack" style={{ maxWidth: "34rem", margin: "8vh auto 0" }}>
      <h1>{t("access.sign_in")}</h1>
      {access.isPending && <LoadingLines label={t("access.asking")} lines={2} />}
      {!access.isPending && (access.data?.accounts ? <PasswordForm /> : <TokenForm />)}
    </section>
  );
}
