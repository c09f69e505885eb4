"""All measures of all speakers; what holds for any transcript."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sdc.formats.chat.reader import read_chat
from sdc.measures import REGISTRY, analyse
from sdc.measures.needs import NEEDS
from sdc.session import Provenance, Session

WORDS = [
    "ball", "Ball", "um", "xxx", "yyy", "www", "0", "0is", "&-um", "&+b", "&=laughs", "(.)", "(1.5)", "the [/]",
    "<the dog> [/]", "cat [//]", "noosh [: nose]", "no [x 3]", "<go go> [x 2]", ",", "moo@o", "→", "+,", "+<", ". ?",
]  # fmt: skip
MOR = ["n|dog-PL", "v|go&PAST", "pro|it~aux|be&3S", "cm|cm", "0v|v", "."]
ENDS = [".", "?", "!", "+...", "+/.", "+//.", "+.", "", ". [+ mlue]"]
LINES = st.tuples(
    st.sampled_from(["CHI", "MOT", "INV"]),
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.sampled_from(ENDS),
    st.none() | st.tuples(st.integers(0, 9000), st.integers(0, 3000)),
    st.none() | st.lists(st.sampled_from(MOR), max_size=4),
)


def read(lines):
    text = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child, MOT Mother\n"
    for speaker, words, end, span, mor in lines:
        times = f" \x15{span[0]}_{span[0] + span[1]}\x15" if span else ""
        text += f"*{speaker}:\t{' '.join([*words, end])}{times}\n"
        text += f"%mor:\t{' '.join(mor)} .\n" if mor is not None else ""
    return read_chat(text + "*CHI:\tend .\n@End\n", source="any.cha")


def documented(rule):
    """Patterns of the reasons that a rule's page lists."""
    reasons = [NEEDS[need][1] for need in rule.needs] + list(rule.no_value_when)
    return [re.escape(reason).replace("…", ".+") for reason in reasons]


@given(st.lists(LINES, max_size=12), st.booleans())
def test_what_holds_for_any_transcript(tracks, lines, with_sound):
    session = read(lines)
    sound = tracks(12, [(0, 700), (900, 4000)], lambda t: 250 + 40 * t) if with_sound else None
    analysis = analyse(session, sound)
    assert analysis == analyse(session, sound)
    assert tuple(analysis.speakers) == session.speakers()
    for code, speaker in analysis.speakers.items():
        assert list(speaker.measures) == list(REGISTRY)
        own = {u.index for u in session.utterances if u.speaker == code}
        for found in speaker.measures.values():
            rule = REGISTRY[found.id]
            assert (found.unit, found.n_unit, found.rule) == (rule.unit, rule.n_unit, rule.rule)
            # How somebody is answered rests on what the others said.
            anybody = {u.index for u in session.utterances} if rule.family == "interaction" else own
            assert set(found.utterances) <= anybody
            assert found.n >= 0
            if found.value is None:
                assert any(re.fullmatch(pattern, found.reason) for pattern in documented(rule)), found.reason
            elif found.unit == "%":
                assert 0 <= found.value <= 100.0001
            if found.sd is not None:
                assert found.sd >= 0
        if speaker.measures["ttr"].value is not None:
            assert 0 < speaker.measures["ttr"].value <= 1


def test_a_session_without_utterances_has_no_speakers():
    assert analyse(Session("empty.cha")).speakers == {}


def test_speakers_have_their_roles(chat):
    analysis = analyse(chat("CHI: dog .", "MOT: yes .", "DOG: woof@o ."))
    assert {code: s.role for code, s in analysis.speakers.items()} == {
        "CHI": "Target_Child", "MOT": "Mother", "DOG": "Unidentified",
    }  # fmt: skip
    assert analysis.source == "made-up.cha"


def test_a_recogniser_tells_no_hesitations(chat):
    session = replace(
        chat("CHI: dog . 0_900", "MOT: yes . 1000_1500"), provenance=(Provenance("transcribe", "x", "1"),)
    )
    found = analyse(session).speakers["CHI"].measures
    for name in ("maze_words_pct", "filled_pauses", "intelligible_words_pct"):
        assert found[name].value is None
        assert "recogniser" in found[name].reason
    assert found["mlu_words"].value == found["turns"].value == 1


def test_speakers_that_were_not_told_apart_take_no_turns(chat, tracks):
    session = replace(
        chat("UNK: dog . 0_900", "UNK: yes . 1000_1500"), provenance=(Provenance("transcribe", "x", "1"),)
    )
    found = analyse(session, tracks(3, [(0, 2000)], lambda t: 300)).speakers["UNK"].measures
    for name in ("turns", "f0_median", "response_latency_median", "pauses_per_min", "phonation_pct"):
        assert found[name].reason == "the speakers were not told apart"
    assert found["speech_rate"].value is not None


def test_a_recording_of_the_child_alone_has_a_voice_and_no_turns(chat, tracks):
    session = replace(
        chat("CHI: dog . 0_900", "CHI: yes . 1000_1900"), provenance=(Provenance("transcribe", "x", "1"),)
    )
    found = analyse(session, tracks(3, [(0, 2000)], lambda t: 300)).speakers["CHI"].measures
    for name in ("turns", "words_per_turn", "child_turn_share", "overlap_pct"):
        assert found[name].reason == "only one speaker was transcribed"
    assert found["f0_median"].value is not None
