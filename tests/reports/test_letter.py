"""The letter to the family: plain, checked, without a measure's name; every kind of child gets a sensible one."""

from dataclasses import replace

import pytest

from sdc.companion import lint_wording
from sdc.companion.readability import reading_grade
from sdc.measures import REGISTRY
from sdc.reports import report_document
from sdc.reports.document import Document, Listing, Text
from sdc.reports.words import NORMS_CATEGORY, _book


def sections(document: Document) -> dict[str, str]:
    """Heading → all that is written under it."""
    found = {}
    for section in document.sections:
        texts = [b.text for b in section.blocks if isinstance(b, Text)]
        items = [item for b in section.blocks if isinstance(b, Listing) for item in b.items]
        found[section.title] = " ".join([*texts, *items])
    return found


def prose(document: Document) -> str:
    return " ".join(sections(document).values())


@pytest.fixture(scope="module")
def letters(facts, growing):
    made = {
        "one": facts(1),
        "three": facts(3),
        "undated": facts(2, dated=False),
        "silent": facts(2, recorded=False, context=None),
        "growing": growing,
        "arabic": facts(2, name="مريم"),
    }
    return {name: report_document(found, "parent") for name, found in made.items()}


def test_a_change_beyond_its_error_is_told_without_figures(letters):
    text = sections(letters["growing"])["What changed"]
    assert text == "Sentences have become longer. The change is larger than the usual ups and downs."


def test_one_recording_shows_no_change(letters):
    assert "There is 1 recording so far" in sections(letters["one"])["What changed"]
    assert "It is from 2 March 2026" in sections(letters["one"])["About this letter"]


def test_too_little_to_tell_is_said(letters):
    assert sections(letters["three"])["What changed"].startswith("We cannot tell yet")


def test_nothing_moved_is_steady(facts):
    assert "is steady" in sections(report_document(facts(5, n_lines=56), "parent"))["What changed"]


def test_the_strength_is_quoted_with_day_and_time(letters):
    text = sections(letters["three"])["What was heard"]
    assert text == (
        "A good moment in week 3: Mia said “I want the the the red train”. "
        "That was on 16 March 2026, 0 min 4 s into the recording."
    )


def test_without_sound_no_time_is_told_and_that_is_said(letters):
    told = sections(letters["silent"])
    assert told["What was heard"].endswith("That was on 9 March 2026.")
    assert "For 2 of the recordings we have the words but no sound" in told["What we do not know"]
    assert "For 2 of the recordings we do not know what you were doing" in told["What we do not know"]


def test_without_dates_that_is_said(letters):
    assert "We do not know the days" in sections(letters["undated"])["About this letter"]


def test_a_dismissed_idea_is_not_told(growing):
    kept = tuple(i for i in growing.for_family if i.kind != "idea")
    assert len(kept) < len(growing.for_family)
    assert "An idea to try" not in sections(report_document(replace(growing, for_family=kept), "parent"))


def test_without_a_quotable_word_that_is_said(growing):
    silent = replace(growing, for_family=())
    assert sections(report_document(silent, "parent"))["What was heard"] == (
        "In this time we found no words of Mia that we could show here."
    )


@pytest.mark.parametrize("name", ["one", "three", "undated", "silent", "growing", "arabic"])
def test_every_letter_is_whole_plain_and_in_order(letters, name):
    told = sections(letters[name])
    assert list(told) == [
        "About this letter",
        "What was heard",
        "What changed",
        "An idea to try",
        "What we do not know",
        "Whom to ask",
        "From your therapist",
    ]
    assert all(text for title, text in told.items() if title != "From your therapist")
    text = prose(letters[name])
    assert lint_wording(text) == []
    assert reading_grade(text) <= 6, reading_grade(text)
    for title, section in told.items():
        assert not section or reading_grade(section) <= 8, (title, reading_grade(section))
    for rule in REGISTRY.values():
        assert rule.rule not in text and rule.id not in text
    assert "percentile" not in text.lower()


def test_a_hard_text_would_not_pass():
    assert reading_grade("Intervention methodologies necessitate considerable interdisciplinary collaboration.") > 8


def test_no_sentence_of_the_book_would_be_dropped_for_its_words():
    for group, texts in _book().items():
        for key, text in texts.items():
            about_norms = key in ("norms", "chart_norms")
            found = {f.category for f in lint_wording(text)}
            assert found == ({NORMS_CATEGORY} if about_norms else set()), (group, key)
