"""The progress page over a store: stretches, phases, norms; and what is refused."""

from datetime import date, timedelta

import pytest

from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.pipeline.erasing import erase_child
from sdc.pipeline.goals import GoalChange, GoalDraft, add_goal, change_goal, close_goal
from sdc.pipeline.phase_plans import state_phases
from sdc.pipeline.progress_norms import norm_bands
from sdc.pipeline.progress_page import Stretch, progress_page
from sdc.session import Age, Analysis, DateRange, Measure, Participant, PhasePlan, Session, SpeakerAnalysis
from sdc.store.records import SessionEntry, StoredSession, WithinErrors

FIRST = date(2026, 1, 5)
MEASURES = ("mlu_words", "ndw_100", "ttr")


@pytest.fixture
def mia(app):
    return app.repository.add_child("Mia")


@pytest.fixture
def keep(app, mia):
    """Keep weekly sessions of free play with these MLUs, by the store's own way."""

    def keep(values, *, start=0, context="free play", dated=True, languages=("eng",), age=36):
        for week, value in enumerate(values, start):
            day = str(FIRST + timedelta(weeks=week)) if dated else None
            who = Participant("CHI", "Target_Child", age=Age(age // 12, age % 12, 0))
            session = Session(f"w{week}", day, languages, (who,), context=context)
            measures = {"mlu_words": Measure("mlu_words", value, "words/utterance", 60, "mlu_words.v1")}
            analysis = Analysis(session.source, {"CHI": SpeakerAnalysis("CHI", "Target_Child", measures)})
            entry = SessionEntry(
                f"s{week}{context}", mia.id, session.source, "chat", day, context, float(age), "CHI", measures=measures,
                recognised=False, within_errors=WithinErrors("block_bootstrap.v1"),
            )  # fmt: skip
            app.repository.save_session(StoredSession(entry, session, analysis))

    return keep


def page(app, mia, *measures, **stretch):
    return progress_page(app.repository, mia.id, measures or MEASURES, Stretch(**stretch))


def plan(mia, weeks, second, last=None, note=""):
    first, end, begin = (str(FIRST + timedelta(weeks=w)) for w in (0, weeks, second))
    return PhasePlan(mia.id, DateRange(first, end), DateRange(begin, last), note)


def test_all_measures_at_once_and_which_carry_verdicts(app, mia, keep):
    keep([2.0, 2.1, 2.3, 2.4, 2.9])
    found = page(app, mia)
    assert [m.measure for m in found.measures] == list(MEASURES)
    assert (found.chosen, found.are_goals) == (("mlu_words", "ndw_100"), False)
    assert [m.verdict for m in found.measures] == ["increase", "cannot_tell", "descriptive"]
    assert "up by" in found.told["mlu_words"][0]
    assert "ttr" not in found.told
    assert set(found.usual) == {"mlu_words"}
    assert found.phases is None


def test_goals_choose_the_verdicts(app, mia, keep):
    keep([2.0, 2.1])
    add_goal(app, mia.id, GoalDraft("more words", "in play", "ndw_100", 80, "2026-12-24"), actor="a1")
    found = page(app, mia)
    assert (found.chosen, found.are_goals) == (("ndw_100",), True)


def test_a_stretch_keeps_its_weeks(app, mia, keep):
    keep([2.0, 2.1, 2.2, 2.3])
    keep([5.0], start=4, context="story telling")
    assert [p.week for p in page(app, mia, first="2026-01-12", last="2026-01-19").placed] == [2, 3]
    assert [p.week for p in page(app, mia, context="story telling").placed] == [5]
    assert page(app, mia).contexts == ("free play", "story telling")
    assert page(app, mia, first="2027-01-01").placed == ()
    with pytest.raises(InputError) as refused:
        page(app, mia, first="2026-02-01", last="2026-01-01")
    assert refused.value.code == "progress.period"
    with pytest.raises(NotFoundError):
        progress_page(app.repository, "none", MEASURES, Stretch())


def test_phases_carry_the_verdict(app, mia, keep):
    keep([2.0, 2.1, 2.2, 3.4, 3.5, 3.6])
    state_phases(app, plan(mia, 2, 3, note=" waiting  longer "), seen=0, actor="a1")
    found = page(app, mia)
    (mlu,) = (m for m in found.measures if m.measure == "mlu_words")
    assert (mlu.basis, mlu.verdict, mlu.overlap.nap) == ("phases", "increase", 1.0)
    assert found.plan.note == "waiting longer"
    assert found.usual["mlu_words"].centre == pytest.approx(2.1)
    first, last = found.told["mlu_words"]
    assert "2.10 in the baseline (3 recordings) and 3.50 in the intervention (3 recordings)" in first
    assert "cannot be told" in last
    half = page(app, mia, last="2026-01-20")  # holds no session of the intervention
    assert half.phases is None
    line = app.audit.lines(child_id=mia.id)[-1]
    assert (line.action, line.actor, line.object_id) == ("phases.state", "a1", f"{mia.id}.1")


def test_a_phase_without_a_comparable_session_cannot_tell(app, mia, keep):
    keep([2.0, 2.1, None])
    state_phases(app, plan(mia, 1, 2), seen=0, actor="a1")
    found = page(app, mia)
    assert found.told["mlu_words"] == ("We cannot tell: each phase needs a recording that can be compared.",)
    assert found.measures[0].verdict == "cannot_tell"


@pytest.mark.parametrize(
    ("baseline", "intervention"),
    [
        (DateRange("2026-01-05", "2026-02-01"), None),
        (DateRange("2026-01-05"), DateRange("2026-02-02")),
        (DateRange("2026-01-05", "2026-02-02"), DateRange("2026-02-02")),
        (DateRange("2026-02-05", "2026-01-01"), DateRange("2026-03-01")),
        (DateRange("2026-01-05", "2026-02-01"), DateRange("2026-02-02", "2026-01-30")),
        (DateRange("2026-01-05", "never"), DateRange("2026-02-02")),
    ],
)
def test_dates_that_make_no_phases(app, mia, keep, baseline, intervention):
    keep([2.0])
    with pytest.raises(InputError) as refused:
        state_phases(app, PhasePlan(mia.id, baseline, intervention), seen=0, actor="a1")
    assert refused.value.code == "phases.dates"
    assert app.repository.phase_plans.history(mia.id) == []


def test_phases_need_a_dated_session_a_short_note_and_the_latest_version(app, mia, keep):
    keep([2.0], dated=False)
    for change, code in ((plan(mia, 1, 2), "phases.no-dates"), (plan(mia, 1, 2, note="x" * 301), "phases.note")):
        with pytest.raises(InputError) as refused:
            state_phases(app, change, seen=0, actor="a1")
        assert refused.value.code == code
    keep([2.0], start=1)
    state_phases(app, plan(mia, 1, 2), seen=0, actor="a1")
    with pytest.raises(ConflictError):
        state_phases(app, plan(mia, 1, 3), seen=0, actor="a2")
    state_phases(app, PhasePlan(mia.id), seen=1, actor="a1")
    assert page(app, mia).plan.is_stated is False


def test_phases_go_with_the_child(app, mia, keep):
    keep([2.0])
    state_phases(app, plan(mia, 1, 2), seen=0, actor="a1")
    erase_child(mia, app.erasure, app.audit, actor="a1", typed="Mia")
    assert app.erasure.documents.count("phase_plans", {}) == 0


def test_norms_only_where_they_apply(app, mia, keep):
    keep([2.0])
    keep([3.0], start=1, context="story telling")
    keep([3.0], start=2, languages=("spa",))
    keep([3.0], start=3, context="toy play", age=12)
    bands = norm_bands(app.repository, mia.id)
    (band,) = bands["mlu_words"]
    assert set(bands) == {"mlu_words"}
    assert (band.session_id, band.age_band, band.low) == ("s0free play", "3;00-3;05", 1.99)
    assert band.low < band.middle < band.high


def test_a_goal_is_changed_and_closed(app, mia, keep):
    keep([2.0, 2.1, 2.2])
    goal = add_goal(app, mia.id, GoalDraft("longer", "in play", "mlu_words", 4, "2026-12-24"), actor="a1")
    wanted = GoalDraft("longer utterances", "at home", "", 4.5, "2027-01-31", scale="auto")
    changed = change_goal(app, mia.id, goal.id, wanted, GoalChange(1, "a2", " reached  early "))
    assert changed.changed_why == "reached early"
    assert (changed.behaviour, changed.criterion, changed.measure) == ("longer utterances", 4.5, "mlu_words")
    assert (changed.baseline, changed.created_by, changed.changed_by) == (goal.baseline, "a1", "a2")
    assert changed.scale[2] == 4.5
    for draft, code in (
        (GoalDraft("makes eye contact", "x", "", 4.5, "2027-01-31"), "goal.masking"),
        (GoalDraft("x", "y", "", 2.2, "2027-01-31"), "goal.criterion"),
    ):
        with pytest.raises(InputError) as refused:
            change_goal(app, mia.id, goal.id, draft, GoalChange(2, "a2"))
        assert refused.value.code == code
    with pytest.raises(InputError) as refused:
        close_goal(app, mia.id, goal.id, why="x" * 301, actor="a2")
    assert refused.value.code == "goal.why"
    closed = close_goal(app, mia.id, goal.id, why=" met  early ", actor="a2")
    assert (closed.closed_why, closed.is_open) == ("met early", False)
    assert [e.action for e in app.audit.lines(child_id=mia.id)][-2:] == ["goal.change", "goal.close"]
