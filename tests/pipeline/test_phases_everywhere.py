"""Stated phases tell the same, to the digit, on the progress page, alone, in answers, accounts, and reports."""

import re
from datetime import date, timedelta

import pytest

from sdc.companion import check_grounding, lint_wording
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.pipeline.asking import answer_question
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.phase_plans import state_phases
from sdc.pipeline.progress_page import Stretch, progress_page
from sdc.pipeline.progressing import child_progress
from sdc.pipeline.reporting import ReportOrder, child_facts, child_report
from sdc.pipeline.reviewing import reviewed_session
from sdc.reports import Period, report_document
from sdc.reports.document import Facts, Listing, Picture, Text
from sdc.session import DateRange, PhasePlan
from sdc.store.records import SessionEntry, StoredSession

FIRST = date(2026, 1, 5)
HEAD = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Child Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|3;02.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Situation:\tfree play",
)
SAID = ("the dog runs", "a big ball", "I want the red train", "look there", "we go home now", "it is my blue car")
LONGER = ("", "", "", " and it goes on", " and it goes on", " and it goes on and on")
BEGAN = "The intervention began on 26 January 2026."
BETWEEN = "The intervention began on 26 January 2026, between these recordings."
NO_CAUSE = "Whether the work brought this about cannot be told from these recordings alone."
IN_DIGITS = re.compile(r"the average is ([\d.]+) in the baseline \(3 recordings\) and ([\d.]+) in the intervention")


def spoken(day, extra):
    lines = [*HEAD, "@Date:\t" + f"{day:%d-%b-%Y}".upper()]
    lines += [f"*CHI:\t{SAID[i % len(SAID)]}{extra} ." for i in range(56)]
    return ("\n".join([*lines, "@End"]) + "\n").encode()


@pytest.fixture
def mia(app):
    """Mia: three weeks of baseline, then three of longer utterances; phases as a therapist states them."""
    child = app.repository.add_child("Mia")
    for week, extra in enumerate(LONGER):
        day = FIRST + timedelta(weeks=week)
        session = read_chat(spoken(day, extra), source=f"w{week}.cha")
        analysis = analyse(session)
        entry = SessionEntry(
            f"s{week}", child.id, session.source, "chat", session.date, session.context, 38.0, "CHI", 56,
            measures=analysis.speakers["CHI"].measures, recognised=False,
        )  # fmt: skip
        app.repository.save_session(StoredSession(entry, session, analysis))
    plan = PhasePlan(child.id, DateRange("2026-01-05", "2026-01-25"), DateRange("2026-01-26"), "waiting longer")
    state_phases(app, plan, seen=0, actor="a1")
    return child


def page_told(app, mia, **stretch):
    return progress_page(app.repository, mia.id, ("mlu_words", "ndw_100", "maze_words_pct"), Stretch(**stretch)).told


def items(document):
    blocks = [b for section in document.sections for b in section.blocks]
    listed = [item for b in blocks if isinstance(b, Listing) for item in b.items]
    return listed, [b.text for b in blocks if isinstance(b, Text)], blocks


def test_the_single_measure_tells_what_the_page_tells(app, mia):
    (found,) = child_progress(app.repository, mia.id, ["mlu_words"]).measures
    told = child_progress(app.repository, mia.id, ["mlu_words"]).told["mlu_words"]
    assert (found.basis, found.verdict) == ("phases", "increase")
    assert told[0].startswith(BEGAN)
    assert "Of these recordings 3 lie in the baseline before it, and 3 in the intervention." in told[0]
    assert told[1:] == page_told(app, mia)["mlu_words"]


def test_weeks_that_are_named_go_before_what_was_stated(app, mia):
    found = child_progress(app.repository, mia.id, ["mlu_words"], baseline=(1, 1), intervention=(2, 6))
    assert (found.measures[0].means.k_first, found.measures[0].phases.began) == (1, None)
    assert "began on" not in " ".join(found.told["mlu_words"])


@pytest.mark.parametrize(
    "question", ["How has Mia's sentence length changed over time?", "sentence length since week 2?"]
)
def test_an_answer_over_the_change_names_it_and_takes_the_pages_figures(app, mia, question):
    answer = answer_question(app.repository, mia.id, question)
    first = "2026-01-12" if "week 2" in question else None
    said = page_told(app, mia, first=first)["mlu_words"]
    assert answer.verdict == "increase"
    assert BEGAN in answer.answer
    assert set(said) <= {claim.text for claim in answer.claims}
    assert not lint_wording(answer.answer)
    day = next(e for e in answer.evidence if e.measure == "intervention_began")
    assert (day.date, day.session) == ("2026-01-26", "")


def test_two_named_weeks_carry_the_verdict_and_the_change_between_them_is_told(app, mia):
    answer = answer_question(app.repository, mia.id, "Compare sentence length in week 1 and week 6")
    assert BEGAN in answer.answer
    assert "week 6" in answer.answer
    same = answer_question(app.repository, mia.id, "Compare sentence length in week 1 and week 3")
    assert "began on" not in same.answer


def test_a_report_over_the_change_names_it_and_takes_the_pages_figures(app, mia):
    document = report_document(child_facts(app.repository, mia.id), "slp")
    listed, texts, blocks = items(document)
    assert sum(BEGAN in text for text in texts) == 1
    told = page_told(app, mia)
    assert set(told["mlu_words"]) <= set(listed)
    assert IN_DIGITS.search(told["mlu_words"][0])
    rows = dict(row for b in blocks if isinstance(b, Facts) for row in b.rows)
    assert rows["Intervention"] == "from 26 January 2026: waiting longer"
    pictures = [b for b in blocks if isinstance(b, Picture)]
    assert "An upright line marks 26 January 2026" in pictures[0].alt


def test_a_report_of_one_phase_rests_on_its_sessions_alone(app, mia):
    facts = child_facts(app.repository, mia.id, Period("2026-01-26", None))
    assert facts.phases is None
    listed, texts, _ = items(report_document(facts, "slp"))
    assert not any("in the baseline" in text for text in (*listed, *texts))
    told = {text for text in (*listed, *texts) if "began on" in text}
    assert all(BETWEEN in text for text in told)  # a session against the first one, which lies before the period


def changes(app, session_id):
    found = reviewed_session(app.repository, app.repository.session(session_id))
    return [r.insight for r in found if r.insight.kind == "change" and r.insight.measure == "mlu_words"]


def test_insights_of_a_session_name_the_day_between_the_two_that_they_compare(app, mia):
    before, first = changes(app, "s4")
    assert "week 4" in before.text
    assert BETWEEN not in before.text
    assert "week 1" in first.text
    assert (first.verdict, BETWEEN in first.text, NO_CAUSE in first.text) == ("increase", True, True)
    assert not check_grounding(first.claims, first.evidence)
    assert not lint_wording(first.text)
    day = next(e for e in first.evidence if e.measure == "intervention_began")
    assert (day.date, day.session) == ("2026-01-26", "")
    (to_before, _) = changes(app, "s3")  # the first session of the intervention: its two comparisons cross the day
    assert BETWEEN in to_before.text
    assert not any(BETWEEN in insight.text for insight in changes(app, "s2"))


def test_insights_follow_when_phases_are_stated_anew_or_taken_back(app, mia):
    assert BETWEEN in changes(app, "s3")[0].text
    moved = PhasePlan(mia.id, DateRange("2026-01-05", "2026-01-11"), DateRange("2026-01-12"))
    state_phases(app, moved, seen=1, actor="a1")
    to_before, first = changes(app, "s3")
    assert "intervention" not in to_before.text
    assert "The intervention began on 12 January 2026, between these recordings." in first.text
    state_phases(app, PhasePlan(mia.id), seen=2, actor="a1")
    assert not any("intervention" in insight.text for insight in changes(app, "s3"))


def test_the_account_of_a_period_and_the_letter_tell_it_in_each_voice(app, mia):
    therapist = child_account(app.repository, mia.id, Span(), "therapist").insights
    change = next(r.insight for r in therapist if r.insight.measure == "mlu_words" and r.insight.kind == "change")
    assert (change.verdict, change.text.startswith(BEGAN)) == ("increase", True)
    assert set(page_told(app, mia)["mlu_words"]) <= {c.text for c in change.claims}
    letter = child_report(app.repository, mia.id, ReportOrder("parent", "letter"), "html").decode()
    assert "New work began on 26 January 2026." in letter
    assert "in the baseline" not in letter
