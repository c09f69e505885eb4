import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { HomeOut } from "@/api/schema";
import { Icon, type IconName } from "@/components/icons";
import classes from "@/features/parent/parent.module.css";

/** Everything else is one tap away. */
export function MoreLinks({ home }: { home: HomeOut }) {
  const { t } = useTranslation();
  const links: [IconName, string, string][] = [
    ["sound", "sessions", t("parent.more.recordings")],
    ["unsure", "ask", t("parent.more.ask", { name: home.name })],
    ["upload", "upload", t("parent.more.add")],
  ];
  return (
    <nav aria-label={t("parent.more.title")} className={classes.more}>
      {links.map(([icon, hash, words]) => (
        <Link
          key={hash}
          to="/children/$childId"
          params={{ childId: home.child_id }}
          search={{}}
          hash={hash}
          className={classes.link}
        >
          <Icon name={icon} />
          {words}
        </Link>
      ))}
    </nav>
  );
}
