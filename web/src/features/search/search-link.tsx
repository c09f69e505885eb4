import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { Icon } from "@/components/icons";

/** The way to the search, for whoever may see a child's sessions. */
export function SearchLink({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may("see_session")) return null;
  return (
    <Button
      component={Link}
      to={`/children/${childId}/search`}
      variant="default"
      leftSection={<Icon name="search" />}
    >
      {t("search.open_page")}
    </Button>
  );
}
