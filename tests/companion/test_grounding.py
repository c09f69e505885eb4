import pytest

from sdc.companion import check_grounding
from sdc.session import Claim, Evidence

EVIDENCE = (
    Evidence("e1", "s1", "2026-03-02", measure="mlu_words", value=2.046, n=52),
    Evidence("e2", "s1", "2026-03-02", measure="week", value=5.0),
    Evidence("e3", "s1", "2026-03-02", utterances=(3,), quote="I want 2 trains"),
    Evidence("e4", "s1", "2026-03-02", measure="mlu_words.change", value=-1.25, n=40),
    Evidence("e5", "", measure="week", value=3.0, n=0),
)
ALL = tuple(e.id for e in EVIDENCE)


def ungrounded(text: str, cited: tuple[str, ...] = ALL) -> list[str]:
    return [u.text for u in check_grounding([Claim(text, cited)], EVIDENCE)]


@pytest.mark.parametrize(
    "text",
    [
        "No figure at all.",
        "2.05 words (52 utterances).",
        "2.0 words, 2.046 words, about 2 words.",
        "In week 5 (2 March 2026).",
        "On 2026-03-02, in the fifth week.",
        "In weeks 3 and 5, and in weeks 3, 5.",
        "Sarah said “I want 2 trains”.",
        'Sarah said "I want  2 trains".',
        "It fell by 1.25, a change of -1.25.",
        "It fell by 1.3 or 1.2.",
        "Forty utterances in week 3.",
        "Week 5, 2.05 words.",
    ],
)
def test_grounded(text):
    assert ungrounded(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2.06 words.", "2.06"),
        ("2.1 words.", "2.1"),
        ("3 words.", "3"),  # week 3 is no number of words
        ("Three words.", "Three"),
        ("52.5 utterances.", "52.5"),
        ("53 utterances.", "53"),
        ("Minus -2.05.", "-2.05"),
        ("−2.05 words.", "−2.05"),
        ("In week 4.", "week 4"),
        ("In week 52.", "week 52"),  # 52 utterances are no week
        ("In weeks 3, 4 and 5.", "week 4"),
        ("In the fourth week.", "fourth week"),
        ("In the 4th week.", "week 4"),
        ("On 3 March 2026.", "3 March 2026"),
        ("On 2026-03-03.", "2026-03-03"),
        ("On 31 February 2026.", "31 February 2026"),
        ("Sarah said “I want trains”.", "“I want trains”"),
        ("Sarah said “I want 2 trains.", "“"),
        ("It doubled.", "doubled"),
        ("Twelve words.", "Twelve"),
        ("Two words.", "Two"),  # 2.046 is not two
        ("A dozen.", "dozen"),
        ("NaN words.", "NaN"),
        ("½ of them.", "½"),
        ("x² words of ³ kinds.", "³"),
        ("1e9 words.", "1e9"),
        ("2,046 words.", "2,046"),
        ("٣ words.", "٣"),
        ("9.7 %.", "9.7"),
        ("The first recording.", "first recording"),
    ],
)
def test_not_grounded(text, shown):
    assert shown in ungrounded(text)


def test_only_what_is_cited_counts():
    assert ungrounded("2.05 words.", ("e2",)) == ["2.05"]
    assert ungrounded("2.05 words.", ("e1", "e9")) == ["e9"]
    assert ungrounded("Week 5.", ()) == ["week 5"]


def test_each_claim_is_told_by_its_index():
    claims = [Claim("2.05 words.", ("e1",)), Claim("7 words.", ("e1",))]
    assert [(u.claim, u.text) for u in check_grounding(claims, EVIDENCE)] == [(1, "7")]


def test_a_value_that_is_no_number_grounds_nothing():
    broken = [Evidence("e1", "s1", measure="mlu_words", value=float("nan"))]
    assert check_grounding([Claim("2 words, NaN words.", ("e1",))], broken)
