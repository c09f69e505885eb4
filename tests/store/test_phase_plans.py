"""Stated phases: each change a version, each child's apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sdc.errors import ConflictError
from sdc.session import DateRange, PhasePlan
from sdc.store.phase_plans import PhasePlans


def plan(child="c1", note=""):
    return PhasePlan(child, DateRange("2026-01-05", "2026-02-01"), DateRange("2026-02-02"), note, stated_by="a1")


def test_each_statement_is_a_version(documents):
    plans = PhasePlans(documents)
    assert plans.latest("c1") == PhasePlan("c1")
    assert plans.state(plan(note="waiting"), seen=0).version == 1
    assert plans.state(PhasePlan("c1", stated_by="a2"), seen=1).version == 2
    assert plans.state(plan("c2"), seen=0).version == 1
    assert [(p.version, p.note, p.is_stated, p.stated_by) for p in plans.history("c1")] == [
        (1, "waiting", True, "a1"),
        (2, "", False, "a2"),
    ]
    assert plans.latest("c1").is_stated is False
    assert plans.latest("c2").intervention == DateRange("2026-02-02", None)
    assert plans.latest("c2").stated_at


def test_a_stale_writer_is_refused(documents):
    plans = PhasePlans(documents)
    plans.state(plan(), seen=0)
    for seen in (0, 2):
        with pytest.raises(ConflictError) as refused:
            plans.state(plan(note="late"), seen=seen)
        assert refused.value.code == "phases.stale"
    assert len(plans.history("c1")) == 1


def test_of_many_writers_at_once_exactly_one_wins(documents):
    plans = PhasePlans(documents)

    def write(number):
        try:
            return plans.state(plan(note=str(number)), seen=0).version
        except ConflictError:
            return None

    with ThreadPoolExecutor(4) as pool:
        assert [v for v in pool.map(write, range(8)) if v] == [1]
