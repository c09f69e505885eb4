import { Button, Group, Select } from "@mantine/core";
import { useState } from "react";
import type { AccountOut, TeamOut } from "@/api/schema";
import { ErrorState } from "@/components/states";
import { useChangeTeam } from "@/features/people/change-people";
import { ROLE_WORDS } from "@/lib/roles";

/** Who reaches a child: its care team, one child at a time. */
export function TeamPanel({ teams, accounts }: { teams: TeamOut[]; accounts: AccountOut[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const team = teams.find((one) => one.child_id === chosen);
  if (teams.length === 0) return <p className="quiet">No child here yet.</p>;
  return (
    <div className="stack">
      <Select
        label="Child"
        placeholder="Choose a child"
        value={chosen}
        onChange={setChosen}
        data={teams.map((one) => ({ value: one.child_id, label: one.child_name }))}
        searchable
        nothingFoundMessage="No child of that name"
        maw="24rem"
      />
      {team && <Members key={team.child_id} team={team} accounts={accounts} />}
    </div>
  );
}

function Members({ team, accounts }: { team: TeamOut; accounts: AccountOut[] }) {
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
      {members.length === 0 && <p role="status">Nobody is on this care team.</p>}
      <ul className="plain stack" aria-label={`Care team of ${team.child_name}`}>
        {members.map((member) => (
          <li key={member.id} className="row" style={{ justifyContent: "space-between", maxWidth: "34rem" }}>
            <span>
              <bdi>{member.name}</bdi> <span className="quiet">· {ROLE_WORDS[member.role]}</span>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={`Remove ${member.name}`}
              onClick={() => {
                put(member.id, false);
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Group align="flex-end">
        <Select
          label="Add to this care team"
          placeholder="Choose an account"
          value={adding}
          onChange={setAdding}
          data={others.map((one) => ({ value: one.id, label: `${one.name} · ${ROLE_WORDS[one.role]}` }))}
          searchable
          nothingFoundMessage="No such account"
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
          Add
        </Button>
      </Group>
      {change.isError && <ErrorState error={change.error} />}
    </>
  );
}
