import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useActor } from "@/api/get-access";
import { Icon } from "@/components/icons";
import { usePageTitle } from "@/components/page-title";
import { LoadingLines, PageError } from "@/components/states";
import { AccountsTable } from "@/features/people/accounts-table";
import { accountsQuery, teamsQuery } from "@/features/people/get-people";
import { InviteDialog } from "@/features/people/invite-dialog";
import { TeamPanel } from "@/features/people/team-panel";

/** For administrators: who may sign in, and who reaches which child. */
export function PeoplePage() {
  const { t } = useTranslation();
  usePageTitle(t("people.title"));
  const accounts = useQuery(accountsQuery);
  const teams = useQuery(teamsQuery);
  const own = useActor()?.id;
  const [inviting, dialog] = useDisclosure(false);
  const error = accounts.error ?? teams.error;
  if (error) return <PageError error={error} />;
  if (!accounts.data || !teams.data) return <LoadingLines isPage label={t("people.loading")} />;
  return (
    <div className="stack">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h1>{t("people.title")}</h1>
        <Button leftSection={<Icon name="plus" />} onClick={dialog.open}>
          {t("people.invite")}
        </Button>
      </div>
      <section className="card stack" aria-labelledby="accounts">
        <h2 id="accounts">{t("people.accounts")}</h2>
        {accounts.data.length ? (
          <AccountsTable accounts={accounts.data} own={own} />
        ) : (
          <p className="quiet">{t("people.no_account")}</p>
        )}
      </section>
      <section className="card stack" aria-labelledby="teams">
        <h2 id="teams">{t("people.teams")}</h2>
        <p className="quiet">{t("people.teams_hint")}</p>
        <TeamPanel teams={teams.data} accounts={accounts.data} />
      </section>
      <InviteDialog opened={inviting} onClose={dialog.close} teams={teams.data} />
    </div>
  );
}
