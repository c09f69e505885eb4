"""The roster of each child: made once, changed by several at once, nobody's change lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sdc.store.rosters import Rosters


@pytest.fixture
def rosters(documents) -> Rosters:
    return Rosters(documents)


def test_a_roster_is_made_when_it_is_asked_for_and_stays(rosters):
    first = rosters.get("c1")
    assert first == rosters.get("c1")
    assert first.entries == ()
    assert first.shift_days % 7 == 0
    assert 35 <= abs(first.shift_days) <= 364


def test_dates_are_not_moved_alike_for_all(rosters):
    assert len({rosters.get(f"c{n}").shift_days for n in range(30)}) > 10


def test_what_was_added_comes_back(rosters):
    changed = rosters.change("c1", lambda r: r.with_person("Zoë Müller").with_identifiers(["a@b.example"]))
    assert rosters.get("c1") == changed
    assert [entry.name for entry in changed.entries] == ["Zoë", "Müller", "a@b.example"]
    assert rosters.get("c2").entries == ()


def test_changes_at_the_same_time_are_all_kept(rosters):
    rosters.get("c1")
    names = [f"Name{chr(97 + n)}" for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: rosters.change("c1", lambda r: r.with_name(name, "person")), names))
    roster = rosters.get("c1")
    assert sorted(entry.name for entry in roster.entries) == names
    assert len({entry.pseudonyms for entry in roster.entries}) == len(names)
