import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ChildOut } from "@/api/schema";
import { usePageTitle } from "@/components/page-title";
import classes from "@/features/parent/parent.module.css";

/** For a family with several children here: whose page to open. */
export function ChildChooser({ items }: { items: ChildOut[] }) {
  const { t } = useTranslation();
  usePageTitle(t("parent.chooser.title"));
  return (
    <div className={classes.page}>
      <h1>{t("parent.chooser.title")}</h1>
      <ul className={`plain ${classes.purposes}`} aria-label={t("parent.chooser.children")}>
        {items.map((child) => (
          <li key={child.id}>
            <Link to="/children/$childId/family" params={{ childId: child.id }} className={classes.link}>
              <bdi>{child.name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
