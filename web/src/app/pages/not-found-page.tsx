import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "@/components/page-title";
import { EmptyState } from "@/components/states";

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t("app.not_found.window"));
  return (
    <EmptyState title={t("app.not_found.title")} isPage>
      <p>
        <Link to="/">{t("app.not_found.home")}</Link>
      </p>
    </EmptyState>
  );
}
