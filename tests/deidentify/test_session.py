"""Whole sessions without names: nothing of a name is left, and what is measured is the same."""

import re

import pytest

from sdc.deidentify import Roster, deidentify_session, suggest_names
from sdc.demo import demo_transcripts
from sdc.formats import read_path
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.measures import analyse
from sdc.measures.flucalc_syllables import n_flucalc_syllables
from sdc.measures.syllables import n_syllables


def sound(word: str) -> tuple[int, int]:
    return n_syllables(word), n_flucalc_syllables(word)


LINES = """@UTF8
@PID:\t11312/a-00001234-1
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child, MOT Rosa_Ruiz Mother, TOM Tom Brother
@ID:\teng|Brown|CHI|2;06.00|female|ASD||Target_Child||Mia was late|
@ID:\teng|Brown|MOT|||||Mother|||
@ID:\teng|Brown|TOM|||||Brother|||
@Birth of CHI:\t02-SEP-2023
@Birthplace of CHI:\tBoston
@Media:\tmia-ruiz-02, audio
@Location:\tBoston
@Transcriber:\tJane Doe
@Date:\t02-MAR-2026
@Situation:\tMia and Rosa at home in Boston
@Comment:\tMia's father called from +1 555 010 4477
*MOT:\twhat is that , Mia ? \x150_700\x15
%mor:\tpro:int|what cop|be&3S pro:dem|that cm|cm n:prop|Mia ?
*CHI:\tMi:a dog [: Tom's] . \x15900_2000\x15
*CHI:\t(Mi)a <mia mia> [/] mia [=! Mia laughs] .
%com:\tTom comes in, see www.ruiz.example/mia
*TOM:\tMia , Boston is far . [+ mlue]
%wor:\tMia \x152000_2400\x15 Boston \x152400_2800\x15 is far .
*CHI:\t0 [% looks at Rosa] .
@End
"""


@pytest.fixture(scope="module")
def roster() -> Roster:
    roster = Roster(shift_days=21)
    for name in ("Mia", "Rosa_Ruiz", "Tom"):
        roster = roster.with_person(name, sound=sound)
    return roster.with_name("Boston", "place", sound=sound)


def test_nothing_of_a_name_is_left(roster):
    session = read_chat(LINES, source="mia-ruiz.cha")
    found = deidentify_session(session, roster)
    for text in (write_chat(found.session), repr(found.session)):
        words = set(re.split(r"[^a-z0-9]+", re.sub(r"[:()]", "", text.lower())))
        assert not {"mia", "rosa", "ruiz", "tom", "boston", "jane", "doe", "brown", "toms"} & words
    assert not any(bit in write_chat(found.session).lower() for bit in ("555", "11312", "02-mar", "02-sep", "late"))
    assert found.session.date == "2026-03-23"
    assert found.session.participants[0].age == session.participants[0].age
    assert found.session.participants[0].group == "ASD"
    assert found.session.utterances[3].speaker == "P01"
    assert found.session.media.name == "recording"


def test_lengthening_and_shortening_stay_where_they_were(roster):
    session = deidentify_session(read_chat(LINES, source="a.cha"), roster).session
    second, third = session.utterances[1:3]
    assert second.tokens[0].raw.count(":") == 1
    assert second.tokens[0].text.replace(":", "") == session.participants[0].name
    assert "(" in third.tokens[0].raw
    assert ")" in third.tokens[0].raw


NUMBERS = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Target_Child, MOT Mother
@ID:\teng|made|CHI|2;06.00||||Target_Child|||
@ID:\teng|made|MOT|||||Mother|||
*MOT:\tcall five five one (.) six two &-um nine four please . \x15150_700\x15
%mor:\tv|call num|five num|five num|one num|six num|two num|nine num|four adv|please .
*MOT:\tone two three four five six seven eight nine ten .
*MOT:\tMiaBear and BabyMia and MiaMia and Mia+bear , Mi(a) (and Mia) .
%com:\tMiaTom lies beside Mia_bear ; the MIAMI and Miami stay
@End
"""


def test_a_number_said_in_words_stays_as_many_words(roster):
    session = read_chat(NUMBERS, source="a.cha")
    told = deidentify_session(session, roster).session
    line, counting = told.utterances[:2]
    name = line.tokens[1].text
    assert name.startswith("Identifier") and line.raw.count(name) == 7
    assert [t.text for t in line.tokens if t.text.startswith("Identifier")] == [name] * 7
    assert "(.)" in line.raw and "&-um" in line.raw and "num|Identifier" in line.tiers[0].text
    assert counting == session.utterances[1]
    again = read_chat(write_chat(told), source="session")
    counted = [analyse(s).speakers["MOT"].measures["word_tokens"].value for s in (session, told, again)]
    assert counted[0] == counted[1] == counted[2]


def test_names_inside_of_words(roster):
    told = deidentify_session(read_chat(NUMBERS, source="a.cha"), roster).session
    line = told.utterances[2]
    mia, tom = roster.entries[0].pseudonyms[0], roster.entries[-2].pseudonyms[0]
    assert line.raw == f"{mia}_Bear and Baby_{mia} and {mia}_{mia} and {mia}+bear , {mia} (and {mia}) ."
    assert [t.text for t in line.tokens][:1] == [f"{mia}_Bear"]
    assert line.tiers[0].text == f"{mia}_{tom} lies beside {mia}_bear ; the MIAMI and Miami stay"


def names_of(session) -> list[str]:
    return [p.name for p in session.participants if p.name]


def values(session) -> dict:
    speakers = analyse(session).speakers.values()
    return {(s.role, m.id): (m.value, m.n, m.utterances) for s in speakers for m in s.measures.values()}


@pytest.mark.parametrize("path", demo_transcripts(), ids=lambda p: p.stem)
def test_what_is_measured_is_the_same(path):
    session = read_path(path)
    roster = Roster(shift_days=-70)
    for name in [*names_of(session), *(s.word for s in suggest_names([session], Roster()))]:
        roster = roster.with_person(name, sound=sound)
    found = deidentify_session(session, roster).session
    assert found.utterances != session.utterances
    assert "Sarah" not in write_chat(found)
    assert values(found) == values(session)
    again = read_chat(write_chat(found), source="session")
    assert values(again) == values(session)


def tagged_names(session) -> list[str]:
    """Return proper nouns of %mor that are not words in the same transcript."""
    small = {t.text for u in session.utterances for t in u.tokens if t.text.islower()}
    return [s.word for s in suggest_names([session], Roster()) if s.why == "%mor" and s.word.lower() not in small]


def test_real_transcripts_measure_the_same(shared_data):
    paths = sorted((shared_data / "cha").rglob("*.cha"))[::11]
    sessions = [session for path in paths if (session := read_path(path)).target is not None][:5]
    assert len(sessions) == 5
    n_names = 0
    for session in sessions:
        roster = Roster(shift_days=35)
        for name in names_of(session):
            roster = roster.with_person(name, sound=sound)
        for name in tagged_names(session):
            roster = roster.with_name(name, "person", sound=sound)
        n_names += len(roster.entries)
        expected, got = values(session), values(deidentify_session(session, roster).session)
        estimates = [k for k in expected if k[1] == "mlu_morphemes_estimated"]  # told from the letters of words
        for key in estimates:
            assert (got.pop(key)[0] or 0) == pytest.approx(expected.pop(key)[0] or 0, rel=0.01)
        assert {k: (expected[k][0], got[k][0]) for k in expected if got.get(k) != expected[k]} == {}, session.source
    assert n_names > 25


def test_suggestions(roster):
    session = read_chat(LINES.replace("n:prop|Mia", "n:prop|Kermit"), source="a.cha")
    assert [(s.word, s.why) for s in suggest_names([session], Roster().with_name("Boston", "place"))] == [
        ("Kermit", "%mor"),
        ("Mia", "capital"),
    ]
    assert [s.word for s in suggest_names([session], roster)] == ["Kermit"]
