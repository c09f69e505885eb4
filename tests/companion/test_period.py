"""The account of a period in two voices: order, checks, reading grade, what is never told to parents."""

from dataclasses import replace

import pytest

from sdc.companion import check_grounding, lint_wording
from sdc.companion.activities import find_activity, library
from sdc.companion.adult_side import AdultFact
from sdc.companion.period import ALWAYS_TOLD, PeriodFacts, _book, tell_period
from sdc.companion.readability import reading_grade
from sdc.companion.wordbook import measures_in_words
from sdc.progress import place, progress
from sdc.progress.goals import Standing
from sdc.session import Goal, Measure

ORDER = ("strength", "change", "listen", "adult", "idea", "question", "caveat")
CHOSEN = ("mlu_words", "maze_words_pct")
GOAL = Goal("g1", "c1", "uses longer sentences", "in play", "mlu_words", 3.0, "at_least", "2026-12-24", baseline=2.0)
ADULTS = (
    AdultFact("wait_time", "adult.pause_s.v1", 1.24, 23, (1,)),
    AdultFact("expansions", "adult.expansions.v1", 4.0, 20, (1, 2)),
    AdultFact("comments", "adult.questions.v1", 9.0, 23, (2,)),
    AdultFact("responsiveness", "adult.responsiveness_pct.v1", 97.2, 36, (0,)),
)


@pytest.fixture
def facts(weeks):
    line = place(weeks)
    return PeriodFacts(
        line,
        line,
        progress(weeks, CHOSEN, chosen=CHOSEN),
        (Standing(GOAL, "progressing", 2.9, 0.41, 2, ("w4", "w5"), 0.6),),
        ADULTS,
        line[-1],
        find_activity("wait_and_look"),
        child="Sarah",
    )


def told(facts, voice):
    found = tell_period(facts, voice)
    for insight in found:
        assert check_grounding(insight.claims, insight.evidence) == []
        assert lint_wording(insight.text) == []
        assert insight.evidence
        assert insight.status == "draft"
    return found


@pytest.mark.parametrize("voice", ["therapist", "parent"])
def test_strengths_come_first_and_all_parts_are_there(facts, voice):
    kinds = [i.kind for i in told(facts, voice)]
    assert kinds == sorted(kinds, key=ORDER.index)
    assert set(kinds) >= {"strength", "change", "listen", "adult", "idea", "question"}
    assert kinds.count("question") <= 3
    assert kinds.count("idea") == 1


def test_two_voices_over_the_same_facts(facts):
    by_voice = {voice: {i.topic: i for i in told(facts, voice)} for voice in ("therapist", "parent")}
    both = set(by_voice["therapist"]) & set(by_voice["parent"])
    assert {
        "strength.words",
        "strength.mlu_words",
        "change.maze_words_pct",
        "adult.wait_time",
        "idea.wait_time",
    } <= both
    for topic in both - {"question.q_usual"}:
        one, two = by_voice["therapist"][topic], by_voice["parent"][topic]
        assert one.verdict == two.verdict
        assert {e.measure for e in one.evidence} == {e.measure for e in two.evidence}, topic


def test_parents_are_told_no_figure_of_a_change_or_goal(facts):
    for insight in told(facts, "parent"):
        if insight.kind == "change" or insight.measure is not None:
            assert not any(c.isdigit() for c in insight.text), insight.text
    assert any(c.isdigit() for i in told(facts, "therapist") if i.kind == "change" for c in i.text)


def test_parents_read_at_grade_8_or_below(facts):
    for status in ("met", "progressing", "not_yet", "cannot_tell"):
        goals = (replace(facts.goals[0], status=status, reason="few_sessions" if status == "cannot_tell" else None),)
        for activity in library():
            note = " ".join(i.text for i in told(replace(facts, goals=goals, activity=activity), "parent"))
            assert reading_grade(note) <= 8, note


def test_each_sentence_for_parents_is_plain():
    book = _book()
    fill = {
        "who": "Sarah",
        "when": "week 2",
        "quote": "a red train",
        "goal": "longer sentences",
        "date": "2 March 2026",
    }
    fill |= dict.fromkeys(("title", "steps", "why"), "")
    for key, template in book["parent"].items():
        for words in book["plain"].values():
            text = template.format(**fill, **words, value="9", n="20")
            if text.strip() and key not in ("idea", "few_sessions", "no_error", "within_error"):
                assert reading_grade(text) <= 8.5, text
                assert lint_wording(text) == [], text


def test_both_voices_have_the_same_sentences():
    book = _book()
    only_parents = {"began", "increase", "decrease", "no_clear_change", "cannot_tell", "descriptive"}
    assert set(book["parent"]) - only_parents == set(book["therapist"])
    assert set(book["plain"]) - {"other"} <= set(measures_in_words())


def test_a_verdict_is_told_as_it_is(facts):
    changes = {i.measure: i for i in told(facts, "parent") if i.kind == "change"}
    assert changes["maze_words_pct"].verdict == "decrease"
    assert changes["maze_words_pct"].text.startswith("There are fewer ums")
    assert changes["mlu_words"].verdict in ("no_clear_change", "increase")


def test_a_goal_whose_measure_has_no_error_is_told_to_parents_too(weeks, facts):
    line = tuple(
        replace(
            p,
            measures={
                **p.measures,
                "child_turn_share": Measure("child_turn_share", 40.0 + i, "%", 90, "child_turn_share.v1"),
            },
        )
        for i, p in enumerate(weeks)
    )
    found = progress(line, ("child_turn_share",), chosen=("child_turn_share",))
    assert [f.verdict for f in found] == ["descriptive"]
    change = next(i for i in told(replace(facts, changes=found), "parent") if i.verdict)
    assert change.text.startswith("The share of the turns: we follow it.")


def test_dismissed_topics_are_left_out_but_not_changes_and_caveats(facts):
    whole = told(facts, "therapist")
    topics = frozenset(i.topic for i in whole)
    left = told(replace(facts, dismissed=topics), "therapist")
    assert {i.kind for i in left} == {i.kind for i in whole} & ALWAYS_TOLD
    assert len(left) >= 2


def test_a_goal_whose_words_would_break_the_checks_is_told_by_its_measure(facts):
    goals = (replace(facts.goals[0], goal=replace(GOAL, behaviour="says 99 normal words")),)
    texts = " ".join(i.text for i in told(replace(facts, goals=goals), "parent"))
    assert "99" not in texts
    assert "about words in an utterance, on average" in texts


def test_where_to_listen_has_its_place_and_time(facts):
    quoted = [e for i in told(facts, "therapist") if i.kind in ("strength", "listen") for e in i.evidence if e.quote]
    assert quoted
    assert all(e.session and e.utterances for e in quoted)


def test_a_small_sample_and_a_recogniser_are_said(facts):
    last = facts.inside[-1]
    point = replace(
        last.point, recognised=True, measures={"mlu_words": replace(last.point.measures["mlu_words"], n=12)}
    )
    line = (*facts.line[:-1], replace(last, point=point))
    found = [i for i in told(replace(facts, line=line, inside=line), "therapist") if i.kind == "caveat"]
    assert "speech recogniser" in found[0].text
    assert "12 utterances" in found[0].text


def test_nothing_measured_is_said(weeks):
    line = place([replace(weeks[0], measures={}, utterances=())])
    found = told(PeriodFacts(line, line), "parent")
    assert [i.kind for i in found] == ["question", "question", "caveat"]
    assert "nothing in these recordings" in found[-1].text
