import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccountOut, TeamOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useChangeTeam } from "@/features/people/change-people";
import { roleWords } from "@/lib/roles";

/** Who reaches a child: its care team, one child at a time. */
export function TeamPanel({ teams, accounts }: { teams: TeamOut[]; accounts: AccountOut[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const team = teams.find((one) => one.child_id === chosen);
  if (teams.length === 0) return <p className="quiet">{t("people.team.no_child")}</p>;
  return (
    <div className="stack">
      <Select
        label={t("people.team.child")}
        placeholder={t("people.team.choose_child")}
        value={chosen}
        onChange={setChosen}
        data={teams.map((one) => ({ value: one.child_id, label: one.child_name }))}
        searchable
        nothingFoundMessage={t("people.team.no_match")}
        maw="24rem"
      />
      {team && <Members key={team.child_id} team={team} accounts={accounts} />}
    </div>
  );
}

function Members({ team, accounts }: { team: TeamOut; accounts: AccountOut[] }) {
  const { t } = useTranslation();
  const change = useChangeTeam();
  const [adding, setAdding] = useState<string | null>(null);
  const members = accounts.filter((account) => team.account_ids.includes(account.id));
  // A researcher reaches no child, on a team or not.
  const others = accounts.filter((account) => !members.includes(account) && account.role !== "researcher");
  const put = (accountId: string, on: boolean) => {
    change.mutate({ childId: team.child_id, accountId, on });
    setAdding(null);
  };
  return (
    <>
      {members.length === 0 && <p role="status">{t("people.team.nobody")}</p>}
      <ul className="plain stack" aria-label={t("people.team.of", { name: team.child_name })}>
        {members.map((member) => (
          <li key={member.id} className="row" style={{ justifyContent: "space-between", maxWidth: "34rem" }}>
            <span>
              <bdi>{member.name}</bdi> <span className="quiet">· {roleWords(member.role)}</span>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={t("people.team.remove_name", { name: member.name })}
              onClick={() => {
                put(member.id, false);
              }}
            >
              {t("people.team.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <Group align="flex-end">
        <Select
          label={t("people.team.add_to")}
          placeholder={t("people.team.choose_account")}
          value={adding}
          onChange={setAdding}
          data={others.map((one) => ({ value: one.id, label: `${one.name} · ${roleWords(one.role)}` }))}
          searchable
          nothingFoundMessage={t("people.team.no_account")}
          w="24rem"
          maw="100%"
        />
        <Button
          disabled={!adding}
          loading={change.isPending}
          onClick={() => {
            if (adding) put(adding, true);
          }}
        >
          {t("people.team.add")}
        </Button>
      </Group>
      {change.isError && <ErrorState error={change.error} />}
    </>
  );
}
