import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OrderedOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/features/uploads/uploads.module.css";

/** What was handed in although it was there: it is said, and nothing is there twice. */
export function Repeats({ orders }: { orders: readonly OrderedOut[] }) {
  const { t } = useTranslation();
  if (orders.length === 0) return null;
  return (
    <ul className="plain stack" style={{ gap: "0.5rem" }} role="status" aria-label={t("uploads.repeats")}>
      {orders.map(({ id, source, repeats }) => (
        <li key={id} className={classes.repeat}>
          <Icon name="info" size={16} />
          <span dir="auto">{t("uploads.repeat", { source })}</span>
          <Button component={Link} to={`/sessions/${repeats ?? ""}`} variant="subtle" size="compact-sm">
            {t("uploads.openRepeat")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
