"""The demo child: transcripts, recordings, that they fit each other, and what they are made for."""

import importlib.util
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import SAMPLE_RATE_HZ, Recording, detect_speech, load_recording, sound_tracks
from sdc.companion.ask import ask
from sdc.demo import CHILD, QUESTION, demo_transcripts
from sdc.formats import find_media, read_path
from sdc.formats.chat.alignment import align_mor
from sdc.measures import analyse
from sdc.measures.times import clip, merged
from sdc.progress import SessionPoint, compare
from sdc.session import ScopeKind, Session, TokenKind

ROOT = Path(__file__).resolve().parents[2]
CARD = (ROOT / "src" / "sdc" / "demo" / "data" / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Week:
    """A session with its recording."""

    path: Path
    session: Session
    recording: Recording


@pytest.fixture(scope="module")
def weeks() -> tuple[Week, ...]:
    return tuple(
        Week(path, read_path(path), load_recording(path.with_suffix(".opus"), limit_s=300))
        for path in demo_transcripts()
    )


@pytest.fixture(scope="module")
def points(weeks) -> tuple[SessionPoint, ...]:
    """The sessions without what is measured on sound."""
    analysed = [(week, analyse(week.session).speakers["CHI"].measures) for week in weeks]
    return tuple(SessionPoint.of(week.path.stem, week.session, measures) for week, measures in analysed)


@pytest.fixture(scope="module")
def script():
    """The script that makes the demo, as a module."""
    spec = importlib.util.spec_from_file_location("make_demo", ROOT / "scripts" / "make_demo.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look for their types
    spec.loader.exec_module(module)
    return module


def level_db(samples: np.ndarray) -> float:
    return 20 * np.log10(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def test_transcripts_read_without_a_warning(weeks):
    assert [list(week.session.warnings) for week in weeks] == [[]] * 5
    assert [list(week.recording.notices) for week in weeks] == [[]] * 5


def test_mor_is_complete(weeks):
    for week in weeks:
        alignments = [align_mor(u) for u in week.session.utterances]
        assert all(a is not None and a.complete for a in alignments)


def test_who_and_when(weeks):
    birth = date(2022, 12, 20)
    for number, week in enumerate(weeks):
        child, day = week.session.target, date.fromisoformat(week.session.date)
        assert (child.code, child.name, child.role, child.sex) == ("CHI", CHILD, "Target_Child", "female")
        assert child.group is None
        assert day.toordinal() == date(2026, 3, 2).toordinal() + 7 * number
        assert child.age.in_months == pytest.approx((day - birth).days / (365.25 / 12), abs=0.1)
        assert week.session.context == "play with mother"
        assert week.session.languages == ("eng",)
        assert find_media(week.session, week.path) == week.path.with_suffix(".opus")
        assert any(h.name == "Comment" and "made up" in h.text for h in week.session.headers)


def test_lengths_are_as_the_data_card_says(weeks):
    for week in weeks:
        assert 75 <= week.recording.duration_s <= 120
        row = next(row for row in CARD.splitlines() if f"`{week.path.name}`" in row)
        assert f"| {week.session.target.age} |" in row
        assert row.endswith(f"| {week.recording.duration_s:.0f} s |")
    assert sum(week.path.with_suffix(".opus").stat().st_size for week in weeks) < 2_500_000


def test_bullets_lie_inside_the_recording_and_in_order(weeks):
    for week in weeks:
        spans = [u.span for u in week.session.utterances]
        assert all(s is not None and s.duration_s > 0.3 for s in spans)
        assert spans == sorted(spans, key=lambda s: s.start_ms)
        assert spans[0].start_ms > 0
        assert spans[-1].end_ms < 1000 * week.recording.duration_s


def test_sound_begins_and_ends_with_the_bullets(weeks):
    """20 ms inside each edge of a stretch of speech there is voice, 20 ms outside there is none."""
    per_ms = SAMPLE_RATE_HZ // 1000
    for week in weeks:
        samples = week.recording.samples
        spans = merged(u.span for u in week.session.utterances)
        inside = np.zeros(samples.size, bool)
        for span in spans:
            inside[span.start_ms * per_ms : span.end_ms * per_ms] = True
            for edge in (span.start_ms, span.end_ms):
                before = level_db(samples[(edge - 20) * per_ms : edge * per_ms])
                after = level_db(samples[edge * per_ms : (edge + 20) * per_ms])
                rise = after - before if edge == span.start_ms else before - after
                assert rise > 8, (week.path.name, edge)
        assert level_db(samples[inside]) - level_db(samples[~inside]) > 35


def test_pauses_are_silences_of_their_length(weeks, script):
    for week in weeks:
        speech = detect_speech(week.recording)
        overlapped = {i for i, u in enumerate(week.session.utterances) if u.raw.startswith("+<")}
        for index, utterance in enumerate(week.session.utterances):
            pauses = [t for t in utterance.tokens if t.kind is TokenKind.PAUSE]
            if not pauses or {index, index + 1} & overlapped:
                continue
            expected = sum(t.duration_ms or script.SHORT_PAUSES_MS[t.raw] for t in pauses) / 1000
            spoken = sum(s.duration_s for s in clip(speech, utterance.span))
            assert utterance.span.duration_s - spoken == pytest.approx(expected, abs=0.25), utterance.raw


def test_voices_are_found_as_speech_and_told_apart_by_pitch(weeks):
    week = weeks[0]
    track = sound_tracks(week.recording)
    speakers = analyse(week.session, track).speakers
    child, mother = (speakers[code].measures["f0_median"] for code in ("CHI", "MOT"))
    assert 260 < child.value < 340
    assert 175 < mother.value < 220
    assert child.reliability == "ok"
    for code in ("CHI", "MOT"):
        spans = [u.span for u in week.session.utterances if u.speaker == code]
        found = sum(s.duration_s for span in spans for s in clip(track.speech, span))
        assert found > 0.85 * sum(s.duration_s for s in spans), code


def test_every_kind_of_code_occurs(weeks):
    utterances = [u for week in weeks for u in week.session.utterances if u.speaker == "CHI"]
    kinds = {t.kind for u in utterances for t in u.tokens}
    codes = {s.kind for u in utterances for s in u.scopes}
    raw = "\n".join(week.path.read_text(encoding="utf-8") for week in weeks)
    assert kinds >= {
        TokenKind.FILLER, TokenKind.FRAGMENT, TokenKind.UNINTELLIGIBLE, TokenKind.OMITTED, TokenKind.EVENT,
        TokenKind.PAUSE, TokenKind.LINKER, TokenKind.SEPARATOR,
    }  # fmt: skip
    assert codes >= {
        ScopeKind.REPETITION, ScopeKind.REVISION, ScopeKind.REPLACEMENT, ScopeKind.ERROR, ScopeKind.PARALINGUISTIC,
    }  # fmt: skip
    assert {u.terminator for u in utterances} == {".", "?", "!", "+..."}
    assert {code for u in utterances for code in u.postcodes} == {"IMIT", "SR"}
    for code in (
        "&-um",
        "&-uh",
        "> [/]",
        "> [//]",
        "(be)cause",
        "+<",
        "&=laughs",
        "(.)",
        "(..)",
        "(1.5)",
        "%com:",
        "@o",
    ):
        assert code in raw, code


def test_echoes_are_marked_and_are_echoes(weeks):
    """A line marked as imitation holds only words that the mother has just said."""
    exact = 0
    for week in weeks:
        last: list[str] = []
        for utterance in week.session.utterances:
            words = [t.text.lower() for t in utterance.tokens if t.kind is TokenKind.WORD]
            if utterance.speaker == "MOT":
                last = words
            elif "IMIT" in utterance.postcodes:
                assert set(words) <= set(last), utterance.raw
                exact += words == last
    assert exact >= 5


def test_samples_are_large_enough(weeks, points):
    for point in points:
        assert point.measures["utterances_analysed"].value >= 30
        assert point.measures["word_tokens"].value >= 110
        assert 2.8 <= point.measures["mlu_words"].value <= 3.9
    assert all(u.tier("mor") for week in weeks for u in week.session.utterances)


def test_the_question_has_an_answer(points):
    answer = ask(QUESTION, points, child=CHILD)
    assert (answer.verdict, answer.measure) == ("decrease", "maze_words_pct")
    first, last = (points[i].measures["maze_words_pct"].value for i in (0, -1))
    assert 22 <= first <= 28
    assert 5 <= last <= 8
    assert f"{first:.1f}" in answer.answer
    assert f"{last:.1f}" in answer.answer


def test_neighbouring_weeks_and_length_do_not_differ_clearly(points):
    assert {compare(*pair, "maze_words_pct").verdict for pair in pairwise(points)} == {"no_clear_change"}
    assert compare(points[0], points[-1], "mlu_words").verdict == "no_clear_change"


def test_transcripts_are_what_the_script_makes(weeks, script):
    for source, week in zip(script.read_weeks(), weeks, strict=True):
        assert source.name == week.path.stem
        spans = [u.span for u in week.session.utterances]
        assert script.transcript(source, spans).encode() == week.path.read_bytes()


def test_script_makes_the_same_files_again(weeks, script, tmp_path):
    """Times and sound depend on espeak-ng's version, the rest does not."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not on this machine")
    version = subprocess.run(["espeak-ng", "--version"], capture_output=True, text=True, check=True).stdout
    used = re.search(r"espeak-ng \((\d+\.\d+) was used\)", CARD).group(1)
    for week, made in zip(weeks, script.make_demo(tmp_path), strict=True):
        old, new = (path.read_text(encoding="utf-8") for path in (week.path, made))
        if re.search(rf"\b{re.escape(used)}\b", version):
            assert new == old
        assert re.sub("\x15.*\x15", "", new) == re.sub("\x15.*\x15", "", old)
        assert load_recording(made.with_suffix(".opus")).duration_s == pytest.approx(week.recording.duration_s, rel=0.2)
