"""DSS: sentences, points, the score; beside CLAN's on real files."""

import csv

import pytest

from sdc.formats import read_path
from sdc.measures.dss import RULES, dss_table, score_tier
from sdc.measures.sample import Sample, count_lines


@pytest.fixture
def table(sample):
    """Score utterances of CHI that are written as ``words / tags``."""

    def make(*lines):
        return dss_table(sample(*both_tiers(*lines)))

    return make


def both_tiers(*lines):
    for line in lines:
        words, _, mor = line.partition(" / ")
        yield from (f"CHI: {words}", f"%mor: {mor}") if not line.startswith("MOT") else (line,)


def kinds(mor):
    """Return the points as text: ``B1 C2``, nouns left out."""
    return " ".join(f"{letter}{points}" for letter, points in score_tier(mor) if points)


@pytest.mark.parametrize(
    ("mor", "points"),
    [
        ("n|dog .", ""),
        ("pro:sub|I v|go .", "B1 C1"),
        ("pro:sub|he v|go-3S .", "B2 C2"),
        ("pro:sub|they v|go&PAST .", "B3 C2"),
        ("pro:per|it cop|be&3S adj|red .", "A1 C1"),
        ("pro:sub|I~aux|be&1S part|go-PRESP .", "B1 C2"),
        ("pro:sub|I mod|can v|go .", "B1 C3 C1"),
        ("pro:sub|I mod|will v|go .", "B1 C3 C1"),
        ("pro:sub|I mod|will&COND v|go .", "B1 C5 C1"),
        ("pro:sub|I mod|must v|go .", "B1 C7 C1"),
        ("pro:sub|he aux|be&3S part|eat-PASTP .", "B2 C7"),
        ("pro:sub|I mod|do~neg|not v|know .", "B1 C3 E4 C1"),
        ("pro:sub|he mod|do&PAST~neg|not v|know .", "B2 C5 E7 C1"),
        ("pro:per|it cop|be&3S~neg|not adj|red .", "A1 E1 E1"),
        ("pro:sub|I v|want inf|to v|go .", "B1 C1 D2 C1"),
        ("pro:sub|I v|like inf|to v|go .", "B1 C1 D5 C1"),
        ("v|let~pro:obj|us v|go .", "B3 C1 D2 C1"),
        ("n:gerund|run-PRESP .", "D8"),
        ("pro:sub|I v|go coord|and pro:sub|I v|see conj|because conj|when .", "B1 C1 F3 B1 C1 F6 F8"),
        ("aux|be&3S n|dog part|run-PRESP ?", "C1 G4 D4 G1"),
        ("mod|do pro:per|you v|know ?", "C3 G6 B1 C1 G1"),
        ("pro:int|what cop|be&3S pro:dem|that ?", "H2 C1 A1 G1"),
        ("adv:int|why v|go ?", "H7 C1 G1"),
        ("adv:int|how adj|old cop|be&3S pro:sub|she ?", "H4 C1 B2 G1"),
        ("qn|some pro:indef|nothing qn|every pro:refl|himself .", "A3 A4 A7 B5"),
    ],
)
def test_points_of_a_tier(mor, points):
    assert sorted(kinds(mor).split()) == sorted(points.split())


def test_marks_of_separators_and_unclear_words_are_not_seen():
    assert kinds("pro:sub|I cm|cm v|like beg|beg inf|to v|go .") == kinds("pro:sub|I v|like inf|to v|go .")


@pytest.mark.parametrize(
    ("line", "is_sentence"),
    [
        ("I go . / pro:sub|I v|go .", True),
        ("dogs go . / n|dog-PL v|go .", True),
        ("go . / v|go .", False),
        ("go ! / v|go !", True),
        ("I . / pro:sub|I .", False),
        ("I ? / pro:sub|I ?", False),
        ("I go +... / pro:sub|I v|go +...", False),
        ("I go xxx . / pro:sub|I v|go .", False),
        ("<xxx> [/] I go . / pro:sub|I v|go .", True),
        ("xxx [/] I go . / pro:sub|I v|go .", False),
        ("go . [+ dss] / v|go .", True),
        ("I go . [+ dsse] / pro:sub|I v|go .", False),
    ],
)
def test_what_a_sentence_is(table, line, is_sentence):
    assert bool(table(line)) == is_sentence


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("I go . / pro:sub|I v|go .", 1),
        ("I goed [*] . / pro:sub|I v|go-PAST .", 0),
        ("I goed [* m:=ed] . / pro:sub|I v|go-PAST .", 0),
        ("I go [* p:w] . / pro:sub|I v|go .", 1),
        ("I 0am go . / pro:sub|I 0aux|be v|go .", 0),
    ],
)
def test_the_sentence_point(table, line, point):
    (score,) = table(line)
    assert score.sentence_point == point


def test_sentences_differ_and_are_the_childs_own(table):
    go, see = "I go . / pro:sub|I v|go .", "I see . / pro:sub|I v|see ."
    assert [score.utterance for score in table(go, see, go)] == [0, 1]
    assert [score.utterance for score in table("MOT: I go .", go, see)] == [2]
    # What was no sentence then may be one later.
    assert [score.utterance for score in table("I go . [+ dsse] / pro:sub|I v|go .", see, go)] == [1, 2]


def test_the_score(measured):
    found = measured(*both_tiers("I go . / pro:sub|I v|go .", "no . / co|no .", "he went . / pro:sub|he v|go&PAST ."))
    score = found["dss"]
    assert (score.value, score.n, score.utterances, score.reliability) == (4.0, 2, (0, 2), "too_few")  # 1+1+1, 2+2+1


def test_the_score_has_two_decimals_and_stops_at_fifty(measured):
    words = [f"I go{i} . / pro:sub|I v|go{i} ." for i in range(2)] + ["he goes . / pro:sub|he v|go-3S ."]
    assert measured(*both_tiers(*words))["dss"].value == 3.67  # 11 points, 3 sentences
    many = measured(*both_tiers(*[f"I go{i} . / pro:sub|I v|go{i} ." for i in range(60)]))["dss"]
    assert (many.value, many.n, many.reliability) == (3.0, 50, "ok")


def test_no_score_without_a_sentence(measured):
    found = measured("CHI: no .", "%mor: co|no .")["dss"]
    assert (found.value, found.reason) == (None, "no sentence with subject and verb on the %mor tier")


EVERY = 4
"""One real file in so many is compared."""


@pytest.mark.shared
def test_real_files(shared_data):
    with (shared_data / "clan" / "golden.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["dss.score"] not in ("", "NA", "nan")][::EVERY]
    equal, different = 0, []
    for row in rows:
        session = read_path(shared_data / "cha" / row["file"])
        found = RULES[0].function(Sample(session, row["speaker"], count_lines(session)))
        if found.value is not None and abs(found.value - float(row["dss.score"])) <= 0.0006:
            equal += 1
        else:
            different.append((row["file"], row["dss.score"], found.value))
    assert equal >= 30
    assert len(different) <= 1, different
