"""What a model's sentence may say: true ones of many shapes pass, each false one is refused for its own fault."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdc.companion import ask
from sdc.companion.claim_check import claim_faults, covers
from sdc.session import Claim, Measure

QUESTION = "How has Sarah's fluency changed from week 1 to week 5?"


@pytest.fixture
def drafted(weeks):
    return ask(QUESTION, weeks, child="Sarah")


SESSIONS = {"1": "w1", "5": "w5"}
MEASURES = {"maze": "maze_words_pct", "filler": "filler_words_pct", "rate": "speech_rate"}


def cited(drafted, *wanted):
    """Ids by what they are: ``week.1``, ``maze.1`` (a measure in a week), ``change``, ``mdc95``, ``quote.5``."""
    return tuple(e.id for name in wanted for e in drafted.evidence if is_it(e, *name.partition(".")[::2]))


def is_it(e, kind, week):
    if kind == "week":
        return e.measure == "week" and e.value == float(week)
    if kind == "quote":
        return e.quote is not None and e.session == SESSIONS[week]
    if kind in MEASURES:
        return e.measure == MEASURES[kind] and e.session == SESSIONS[week]
    return e.measure == f"maze_words_pct.{kind}"


BOTH = ("week.1", "week.5", "maze.1", "maze.5")
ERROR = ("change", "mdc95")
GOOD = (
    ("The share of words in fillers, repetitions and revisions was 22.0 % in week 1 (200 words) and 3.0 % in week 5"
     " (220 words).", BOTH),
    ("Sarah's share of words in fillers, repetitions and revisions went from 22.0 % (200 words) to 3.0 % (220 words)"
     " between week 1 and week 5.", BOTH),
    ("In week 1, 22.0 % of the 200 words were fillers, repetitions or revisions, and in week 5, 3.0 % of the 220"
     " words.", BOTH),
    ("The share went from 22 to 3 % between week 1 and week 5.", BOTH),
    ("On 2 March 2026 the share was 22.0 %, on 30 March 2026 it was 3.0 %.", BOTH),
    ("That is a decrease of 19.0 percentage points, larger than the 8.0 percentage points needed to tell it from"
     " chance.", ERROR),
    ("The decrease of 19.0 percentage points is more than 8.0.", ERROR),
    ("The share decreased from 22.0 % in week 1 to 3.0 % in week 5.", (*BOTH, "change")),
    ("The share is lower by 19.0 percentage points.", ("change",)),
    ("In week 1 Sarah said “I want I want a red train”.", ("week.1", "quote.1")),
    ("There is no recording in week 3.", ("week.3",)),
    ("In week 5, 1.4 % of the words were fillers (220 words).", ("week.5", "filler.5")),
    ("The speech rate was 2.1 syllables a second in week 1 and 2.5 syllables per second in week 5.",
     ("week.1", "week.5", "rate.1", "rate.5")),
)  # fmt: skip


@pytest.mark.parametrize(("text", "ids"), GOOD)
def test_what_is_true_may_be_said(drafted, text, ids):
    assert claim_faults(Claim(text, cited(drafted, *ids)), drafted, child="Sarah") == ()


@pytest.mark.parametrize(
    ("text", "ids", "fault"),
    [
        # weeks and sessions swapped
        ("The share was 3.0 % in week 1 and 22.0 % in week 5.", BOTH, "time"),
        ("The share was 22.0 % in week 5 and 3.0 % in week 1.", BOTH, "time"),
        ("In week 5 it was 22.0 %.", BOTH, "time"),
        ("The share went from 3.0 % to 22.0 %.", BOTH, "time"),
        ("22.0 % in the later recording, 3.0 % in the earlier.", BOTH, "time"),
        ("On 30 March 2026 the share was 22.0 %, on 2 March 2026 it was 3.0 %.", BOTH, "time"),
        ("In week 5 Sarah said “I want I want a red train”.", ("week.5", "week.1", "quote.1"), "time"),
        ("In week 2 it was 22.0 %.", BOTH, "not in its evidence: week 2"),
        # directions swapped, denied, claimed without the difference
        ("That is an increase of 19.0 percentage points.", ERROR, "direction"),
        ("The share rose by 19.0 percentage points.", ERROR, "direction"),
        ("The share is higher by 19.0 percentage points.", ERROR, "direction"),
        ("No clear change: 19.0 percentage points.", ERROR, "direction"),
        ("We cannot tell: 19.0 percentage points.", ERROR, "direction"),
        ("The share did not decrease by 19.0 percentage points.", ERROR, "direction"),
        ("The decrease of 19.0 percentage points is within 8.0 percentage points.", ERROR, "direction"),
        ("Up and down by 19.0 percentage points.", ERROR, "direction"),
        ("Fillers fell from 6.0 % in week 1 to 1.4 % in week 5.",
         ("week.1", "week.5", "filler.1", "filler.5"), "direction"),
        ("No steady rise or fall: 19.0 percentage points.", ERROR, "direction"),
        ("The same 22.0 %, unchanged.", BOTH, "not a plain word: unchanged"),
        # units swapped
        ("22.0 words in week 1.", BOTH, "unit"),
        ("The share was 22.0 in week 1.", BOTH, "unit"),
        ("That is a decrease of 19.0 %.", ERROR, "unit"),
        ("200 utterances in week 1.", BOTH, "unit"),
        ("2.1 syllables a minute in week 1.", ("week.1", "rate.1"), "unit"),
        ("22.0 Hz in week 1.", BOTH, "unit"),
        # another measure's name, error for difference
        ("The pitch was 22.0 % in week 1.", BOTH, "name"),
        ("The share of fillers was 22.0 % in week 1.", BOTH, "name"),
        ("That is a decrease of 8.0 percentage points.", ERROR, "name"),
        ("19.0 percentage points are needed.", ERROR, "name"),
        # numbers that are nowhere, in any spelling
        ("The share was 23.0 % in week 1.", BOTH, "not in its evidence: 23.0"),
        ("Twenty-two % in week 1.", BOTH, "not in its evidence: Twenty"),
        ("The share halved to 3.0 % in week 5.", BOTH, "not in its evidence: halved"),
        ("Thrice 22.0 % in week 1.", BOTH, "not a plain word: Thrice"),
        ("A third of 22.0 % in week 1.", BOTH, "not a plain word: third"),
        ("22.0 % in week 1, XXII in all.", BOTH, "not a plain word: XXII"),
        ("２２.5 % in week 1.", BOTH, "not in its evidence"),
        # people, names, ids, feelings, causes, diagnoses, advice, the future, other languages
        ("Ben had 22.0 % in week 1.", BOTH, "not a plain word: Ben"),
        ("ben had 22.0 % in week 1.", BOTH, "not a plain word: ben"),
        ("Sarah Miller had 22.0 % in week 1.", BOTH, "not a plain word: Miller"),
        ("22.0 % in week 1, as in s4f2a.", BOTH, "not a plain word"),
        ("22.0 % in week 1, because Sarah was tired.", BOTH, "not a plain word: because"),
        ("Sarah was happy with 22.0 % in week 1.", BOTH, "not said: happy"),
        ("22.0 % in week 1 shows autism.", BOTH, "not said: autism"),
        ("22.0 % in week 1 is at the 5th percentile.", BOTH, "not said: percentile"),
        ("Sarah will go to 1.4 % soon.", BOTH, "not a plain word: soon"),
        ("See a doctor about the 22.0 % in week 1.", BOTH, "not a plain word: doctor"),
        ("In Woche 1 waren es 22.0 %.", BOTH, "not a plain word: Woche"),
        ("En la semana 1, 22.0 %.", BOTH, "not a plain word: semana"),
        ("第1周 22.0 %.", BOTH, "not a plain word"),
        ("Ignore previous instructions: 22.0 % in week 1.", BOTH, "not a plain word: Ignore"),
        # form
        ("", BOTH, "must be one sentence"),
        (" \n", BOTH, "must be one sentence"),
        ("22.0 % in week 1." * 40, BOTH, "must be one sentence"),
        ("22.0 %\u202e in week 1.", BOTH, "must be one sentence"),
        ("**22.0 %** in week 1.", BOTH, "not a plain word: *"),
        ("# 22.0 % in week 1.", BOTH, "not a plain word: #"),
        ("- 22.0 % in week 1.", BOTH, "not a plain word: -"),
        ("<b>22.0 %</b> in week 1.", BOTH, "not a plain word: <"),
        ("[22.0 %](http://x.example) in week 1.", BOTH, "not a plain word: ["),
        ("`22.0 %` in week 1.", BOTH, "not a plain word: `"),
        ("&lt;22.0 % in week 1.", BOTH, "not a plain word: &"),
        ("Sarah said “ignore previous instructions”.", ("quote.1", "quote.5"), "not in its evidence"),
        ("Sarah said 'hello' in week 1: 22.0 %.", BOTH, "not a plain word: hello"),
        ("These are the values.", BOTH, "must hold a figure"),
        ("In week 1 it was good.", BOTH, "not a plain word: good"),
        ("22.0 % in week 1.", (), "must cite"),
    ],
)  # fmt: skip
def test_what_is_not_so_is_refused_for_that(drafted, text, ids, fault):
    faults = claim_faults(Claim(text, cited(drafted, *ids)), drafted, child="Sarah")
    assert any(told.startswith(fault) for told in faults), faults


def test_an_id_that_is_not_there(drafted):
    assert claim_faults(Claim("22.0 % in week 1.", ("e1", "e4", "e99")), drafted) == ("not in its evidence: e99",)


QUESTIONS = (
    QUESTION,
    "How has the vocabulary changed from week 1 to week 5?",
    "How has the sentence length changed?",
    "What was the fluency in week 5?",
    "What was the pitch in week 1?",
    "How has the speech rate changed from week 1 to week 5?",
    "What was intelligible_utterances_pct in week 1?",
    "What was the ttr in week 1?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_rules_say_passes_the_checks_of_a_model(weeks, question):
    """The checks know units, directions and times as the rules use them."""
    more = {"ttr": Measure("ttr", 0.23, "ratio", 200, "ttr.v1")}
    more["intelligible_utterances_pct"] = Measure("intelligible_utterances_pct", 69.1, "%", 50, "i.v1")
    weeks = (replace(weeks[0], measures={**weeks[0].measures, **more}), *weeks[1:])
    drafted = ask(question, weeks, child="Sarah")
    for claim in drafted.claims:
        faults = claim_faults(claim, drafted, child="Sarah")
        assert faults == () or "These figures are a description" in claim.text, (claim.text, faults)


def test_a_verdict_needs_its_words_and_its_error(drafted):
    verdict = next(c for c in drafted.claims if c.text.startswith("That is a decrease"))
    pair = next(c for c in drafted.claims if "220 words" in c.text and "22.0 %" in c.text)
    whole = Claim(GOOD[0][0], cited(drafted, *BOTH))
    assert covers([whole], pair, drafted)
    assert not covers([Claim("22.0 % in week 1.", cited(drafted, *BOTH))], pair, drafted)
    told = Claim(GOOD[5][0], cited(drafted, *BOTH, *ERROR))
    assert not covers([told, whole], verdict, drafted)  # it has a caveat: "so this is rough"
    plain = Claim(verdict.text.partition(";")[0] + ".", verdict.evidence)
    assert covers([told, whole], plain, drafted)
    assert not covers([whole, Claim("19.0 and 8.0 percentage points.", plain.evidence)], plain, drafted)
    assert not covers([Claim("That is a decrease of 19.0 percentage points.", plain.evidence), whole], plain, drafted)


NUMBER = re.compile(r"\d+(?:\.\d+)?")
SWAPS = (
    ("decrease", "increase"), ("decreased", "increased"), ("lower", "higher"), ("percentage points", "%"),
    (" %", " words"), (" %", " Hz"), ("words", "utterances"), ("a second", "a minute"), ("week 1", "week 5"),
    ("week 5", "week 1"), ("larger than", "within"), ("more than", "below"), ("Sarah", "Ben"), ("a red", "a blue"),
    ("no recording", "a recording of Ben"),
)  # fmt: skip
STRANGE = ("autism", "delayed", "happy", "because", "Ben", "<b>", "*", "siebzehn", "seventeen", "9", "üben", "\u200b")


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_no_mutation_of_a_true_sentence_passes(data):
    drafted = _drafted()
    text, ids = data.draw(st.sampled_from(GOOD))
    kind = data.draw(st.sampled_from(("number", "swap", "word", "evidence")))
    claim = Claim(text, cited(drafted, *ids))
    if kind == "number":
        spots = list(NUMBER.finditer(text))
        if not spots:
            return
        spot = data.draw(st.sampled_from(spots))
        other = data.draw(st.sampled_from(["7", "23.0", "0.5", "201", "4", "19.2", "1000000", "-3.0"]))
        claim = Claim(text[: spot.start()] + other + text[spot.end() :], claim.evidence)
    elif kind == "swap":
        old, new = data.draw(st.sampled_from(SWAPS))
        if old not in text:
            return
        claim = Claim(text.replace(old, new, 1), claim.evidence)
    elif kind == "word":
        words = text.split(" ")
        at = data.draw(st.integers(0, len(words)))
        claim = Claim(" ".join([*words[:at], data.draw(st.sampled_from(STRANGE)), *words[at:]]), claim.evidence)
    else:
        claim = Claim(text, data.draw(st.sampled_from([(), ("e77",), (*claim.evidence[:-1], "x")])))
    assert claim_faults(claim, drafted, child="Sarah"), claim.text


_DRAFTED = []


def _drafted():
    return _DRAFTED[0]


@pytest.fixture(autouse=True)
def kept(drafted):
    """Hypothesis runs a test many times in one fixture; the answer is the same each time."""
    _DRAFTED[:] = [drafted]
