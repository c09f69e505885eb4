"""What a signature is put under: one digest for the same words, another for any other; the mark and the lines go."""

import io
from dataclasses import replace

from pypdf import PdfReader

from sdc.reports import Practice, report_document
from sdc.reports.document import Lines, Signature
from sdc.reports.html import html_text
from sdc.reports.pdf import pdf_bytes
from sdc.reports.signing import facts_digest, sign_document, text_digest

SIGNATURE = Signature("Ana Ruiz, speech-language therapist", "2026-11-26T09:30:00.000Z", 2, "2026-11-25T08:00:00.000Z")


def test_the_digest_is_that_of_the_words_on_every_day_and_signed(facts):
    found = facts(2)
    draft = report_document(found, "slp")
    later = report_document(replace(found, made_on="2026-12-01"), "slp")
    signed = sign_document(draft, SIGNATURE)
    assert later != draft
    assert text_digest(draft) == text_digest(later) == text_digest(signed)


def test_any_other_word_section_or_practice_has_another_digest(facts):
    found = facts(2)
    draft = report_document(found, "slp")
    others = [
        report_document(replace(found, child=replace(found.child, name="Mio")), "slp"),
        report_document(found, "slp", chosen=("sessions",)),
        report_document(found, "slp", "letter"),
        report_document(found, "slp", practice=Practice("River Clinic")),
    ]
    assert len({text_digest(document) for document in (draft, *others)}) == 5


def test_the_facts_digest_knows_versions_and_values(facts):
    found = facts(2)
    session = found.sessions[0]
    edited = replace(found, sessions=(replace(session, version=2), *found.sessions[1:]))
    measures = {**session.measures, "mlu_words": replace(session.measures["mlu_words"], value=9.0)}
    measured = replace(found, sessions=(replace(session, measures=measures), *found.sessions[1:]))
    assert len({facts_digest(f) for f in (found, edited, measured)}) == 3
    assert facts_digest(found) == facts_digest(replace(found, made_on="2027-01-01"))


def test_a_signed_report_bears_name_time_version_and_what_it_replaces(facts):
    for kind in ("progress", "goals", "session", "letter"):
        draft = report_document(facts(1), "slp", kind)
        digest = text_digest(draft)
        signed = sign_document(draft, replace(SIGNATURE, text_sha256=digest))
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_bytes(signed))).pages)
        for told in (text, html_text(signed)):
            assert "Draft" not in told
            assert "Signed by Ana Ruiz, speech-language therapist, 26 November 2026" in " ".join(told.split())
            assert "26 November 2026, 09:30 UTC" in told and "version 1 of 25 November 2026" in told
            assert digest[:16] in told
        assert not any(isinstance(b, Lines) for s in signed.sections for b in s.blocks)


def test_a_first_version_replaces_nothing(facts):
    signed = sign_document(report_document(facts(1), "slp"), replace(SIGNATURE, version=1, replaces=None))
    assert "Replaces" not in html_text(signed)
