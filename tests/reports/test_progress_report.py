"""The therapist's report and note: all figures with n and rule, sentences checked, the therapist's parts left empty."""

from dataclasses import replace

import pytest

from sdc.companion import lint_wording
from sdc.errors import InputError
from sdc.measures import REGISTRY
from sdc.reports import KINDS, kind_for, report_document, report_facts
from sdc.reports.document import Lines, Listing, Picture, Table, Text
from sdc.reports.figures import show_interval, show_value
from sdc.reports.words import NORMS_CATEGORY
from sdc.session import Goal
from sdc.store.records import Child
from sdc.store.session_notes import SessionNote


def blocks(document, kind):
    return [b for section in document.sections for b in section.blocks if isinstance(b, kind)]


def test_every_session_stands_in_the_measures_table_with_value_n_and_interval(growing):
    document = report_document(growing, "slp")
    table = next(t for t in blocks(document, Table) if t.title == REGISTRY["mlu_words"].title)
    points = growing.progress[0].points
    assert [row[2] for row in table.rows] == [show_value(p.measure.value, "words/utterance") for p in points]
    assert [row[3] for row in table.rows] == [str(p.measure.n) for p in points]
    assert [row[4] for row in table.rows] == [show_interval(p.low, p.high, "words/utterance") for p in points]
    assert any("mlu_words.v1" in t.text for t in blocks(document, Text))


def test_verdicts_are_the_sentences_of_the_dashboard(growing):
    from sdc.companion.over_time import progress_sentences

    told = [item for listing in blocks(report_document(growing, "slp"), Listing) for item in listing.items]
    sentences = progress_sentences(growing.progress[0], growing.line)
    assert sentences and set(sentences) <= set(told)


def test_all_measures_are_there_or_their_reason(facts):
    found = facts(1)
    tables = {t.title: t for t in blocks(report_document(found, "slp"), Table)}
    valued = {row[-1] for row in tables["Measures"].rows}
    missing = ", ".join(row[0] for row in tables["Measures without a value"].rows)
    for measure in found.latest.measures.values():
        if REGISTRY[measure.id].audience == "researcher":
            assert measure.rule not in valued and REGISTRY[measure.id].title not in missing
        else:
            assert (measure.rule in valued) == (measure.value is not None)
            assert measure.value is not None or REGISTRY[measure.id].title in missing


def by_title(document):
    return {section.title: section.blocks for section in document.sections}


def test_the_note_leaves_what_is_not_written_to_the_therapist(facts):
    document = report_document(facts(1), "slp", "session")
    told = by_title(document)
    for title in ("S: subjective", "P: plan"):
        mark, lines = told[title]
        assert isinstance(mark, Text) and mark.tone == "mark" and "therapist" in mark.text
        assert isinstance(lines, Lines)
    (mark,) = told["A: assessment"]
    assert "SDC makes no assessment" in mark.text
    assert document.mark == "Draft until signed by the therapist"


def test_the_note_has_the_therapists_words_and_what_was_approved(facts):
    found = facts(1)
    note = SessionNote("c1", "s0", "Mum says:\n  he sings a lot", "Songs again", "a1", "2026-03-04T10:00:00.000Z", 2)
    latest = found.latest
    seen = next(i for i in latest.insights if i.kind == "seen")
    insights = tuple(replace(i, status="approved") if i is seen else i for i in latest.insights)
    found = replace(found, note=note, sessions=(replace(latest, insights=insights),))
    told = by_title(report_document(found, "slp", "session"))
    when = "Written by the therapist on 4 March 2026 (version 2)."
    assert [b.text for b in told["S: subjective"]] == ["Mum says:", "he sings a lot", when]
    assert [b.text for b in told["P: plan"]] == ["Songs again", when]
    approved, what = told["A: assessment"]
    assert approved.items == (seen.text,) and "SDC makes no assessment" in what.text
    assert isinstance(told["O: objective"][0], Table)


@pytest.mark.parametrize("kind", KINDS["slp"])
def test_every_sentence_passes_the_wording_check_but_for_norms(facts, kind):
    document = report_document(facts(3, n_lines=56), "slp", kind)
    texts = [b.text for b in blocks(document, Text)] + [i for b in blocks(document, Listing) for i in b.items]
    texts += [text for b in blocks(document, Picture) for text in (b.alt, b.caption)]
    assert texts
    for text in texts:
        found = lint_wording(text)
        about_norms = text.startswith("Norms:") or "of the norms" in text
        assert not found or (about_norms and {f.category for f in found} == {NORMS_CATEGORY}), found


def test_norms_are_for_therapists_and_told_with_their_sample(facts):
    found = facts(1, n_lines=56)
    table = next(t for t in blocks(report_document(found, "slp"), Table) if t.title == "Norms")
    assert table.rows[0][2] == "3;00-3;05" and "percentile" in table.rows[0][-1]
    assert not blocks(report_document(found, "parent"), Table)


def test_without_norms_the_reason_is_told(facts):
    texts = [b.text for b in blocks(report_document(facts(1, n_lines=56, context="dinner"), "slp"), Text)]
    assert any(text.startswith("No norms are applied") and "toy play" in text for text in texts)


def test_transcripts_tell_who_wrote_them_and_whether_they_were_edited(stored):
    raw, edited = stored(2)
    edited = replace(edited, entry=replace(edited.entry, version=3))
    document = report_document(report_facts(Child("c1", "Mia"), [raw, edited], ["mlu_words"]), "slp")
    table = next(t for t in blocks(document, Table) if t.title == "Sessions")
    assert [row[-1] for row in table.rows] == ["person, not edited", "person, edited (version 3)"]
    told = [i for b in blocks(document, Listing) for i in b.items]
    assert "In 1 of 2 sessions the transcript was edited by hand." in told


def test_goals_stand_in_the_report(stored):
    goal = Goal("g1", "c1", "uses longer utterances", "in play", "mlu_words", 3.5, "at_least", "2026-12-24")
    document = report_document(report_facts(Child("c1", "Mia"), stored(3), ["mlu_words"], goals=[goal]), "slp")
    (row,) = next(t for t in blocks(document, Table) if t.title == "Goals").rows
    assert row[0] == "uses longer utterances; in play (Mean length of utterance in words)" and row[3] == "at least 3.50"


def test_pictures_say_what_they_show_and_norms_only_for_therapists(growing):
    pictures = blocks(report_document(growing, "slp"), Picture)
    valued = [m for m in growing.progress if any(p.measure.value is not None for p in m.points)]
    assert len(pictures) == len(valued) == 2  # without %mor there are no different words
    assert pictures[0].svg.startswith("<svg")
    assert "in 6 sessions" in pictures[0].alt and "2 March 2026" in pictures[0].alt
    assert "10th to the 90th percentile" in pictures[0].alt and "10th to 90th percentile" in pictures[0].caption
    assert "percentile" not in pictures[1].alt + pictures[1].caption  # there are no norms of mazes


def test_a_family_gets_nothing_but_the_letter():
    assert kind_for("parent") == "letter"
    with pytest.raises(InputError, match="for a family"):
        kind_for("parent", "progress")
