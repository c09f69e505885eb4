"""Which lines of a transcript deserve a look, the most doubtful first, each with its reasons. Pure.

Every reason has a limit and a doubt from 0 to 1 (docs/review.md has the same table). Doubts of one line
add up as ``1 - (1 - a) * (1 - b) …``. The sum orders a list; it is no measure and no rate of errors.

============ ==================================================== =============================
reason       a line has it when                                   doubt
============ ==================================================== =============================
word         a word's probability is below ``WORD``               1 - the lowest probability
likelihood   ``%xasr`` logprob is below ``LOGPROB``               1 - exp(logprob)
silence      ``%xasr`` nospeech is above ``NO_SPEECH``            nospeech
repetition   ``%xasr`` compression is above ``COMPRESSION``       0.9
check        ``sdc check`` finds an error in it                   0.8
speaker      it is not known who speaks, in less than half of     0.5
             all lines (else the whole session has to be asked)
voice        who speaks was told by machine alone, and less than  0.2
             ``SHORT_S`` is heard
overlap      voices overlap by ``OVERLAP_MS`` or more, recognised 0.4
unclear      ``xxx``, ``[?]`` or ``[=? …]``                       0.3
no_time      it has no times, and more than half of the lines do  0.3
============ ==================================================== =============================
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sdc.formats.asr_tier import asr_figures
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.writer import write_chat
from sdc.session import ScopeKind, Session, TokenKind, Utterance
from sdc.transcribe.naming import PERSON, unknown_voices

ReasonCode = Literal[
    "word", "likelihood", "silence", "repetition", "check", "speaker", "voice", "overlap", "unclear", "no_time"
]

WORD = 0.6
"""The dashboard underlines a word below it. A choice: how often such words are wrong differs by engine and child."""
LOGPROB, NO_SPEECH, COMPRESSION = -1.0, 0.6, 2.4
"""Limits by which Whisper itself tries again (Radford et al. 2022, section 4.5)."""
OVERLAP_MS = 250
"""A recogniser's times are off by as much (``transcribe.gate``); less is no overlap that one could rely on."""
SHORT_S = 1.0
"""A second voice must be heard for 1.5 s to be told apart; a line of less says little of whose voice it is."""
MOSTLY = 0.5
"""What more than half of the lines have is how the transcript is; what fewer have stands out."""
SHOWN_WORDS = 5
"""So many words are named in a reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line deserves a look.

    Attributes
    ----------
    code : str
        See the module.
    text : str
        One sentence for people.
    doubt : float
        0 to 1.
    words : tuple[str, ...]
        The words that it is about.
    value : float or None
        The figure behind it: a probability, a logarithm, a ratio, seconds.
    """

    code: ReasonCode
    text: str
    doubt: float
    words: tuple[str, ...] = ()
    value: float | None = None


@dataclass(frozen=True, slots=True)
class DoubtfulLine:
    """A line with its reasons, the weightiest first."""

    index: int
    reasons: tuple[Reason, ...]

    @property
    def doubt(self) -> float:
        """All doubts together, 0 to 1; see the module."""
        return 1 - math.prod(1 - reason.doubt for reason in self.reasons)


def doubtful_lines(session: Session) -> tuple[DoubtfulLine, ...]:
    """Return the lines that deserve a look, the most doubtful first, equal ones in the order of speech."""
    found: dict[int, list[Reason]] = defaultdict(list)
    for search in SEARCHES:
        for index, reason in search(session):
            found[index].append(reason)
    lines = [DoubtfulLine(i, tuple(sorted(reasons, key=lambda r: -r.doubt))) for i, reasons in found.items()]
    return tuple(sorted(lines, key=lambda line: (-line.doubt, line.index)))


Found = Iterator[tuple[int, Reason]]


def _of_the_recogniser(session: Session) -> Found:
    for line in session.utterances:
        yield from ((line.index, reason) for reason in (*_words(line), *_figures(line)))


def _words(line: Utterance) -> Iterator[Reason]:
    doubted = [(t.probability, t.text) for t in line.tokens if t.probability is not None and t.probability < WORD]
    if not doubted:
        return
    lowest = min(probability for probability, _ in doubted)
    words = tuple(text for _, text in doubted[:SHOWN_WORDS])
    more = f" and {len(doubted) - SHOWN_WORDS} more" if len(doubted) > SHOWN_WORDS else ""
    many = "was" if len(doubted) == 1 else "were"
    listed = ", ".join(f"“{word}”" for word in words)
    sentence = f"{listed}{more} {many} recognised with little confidence ({lowest * 100:.0f} % at the lowest)."
    yield Reason("word", sentence, 1 - lowest, words, lowest)


def _figures(line: Utterance) -> Iterator[Reason]:
    figures = asr_figures(line)
    if figures is None:
        return
    logprob, silence, packed = figures.avg_logprob, figures.no_speech_prob, figures.compression_ratio
    if logprob is not None and logprob < LOGPROB:
        yield Reason("likelihood", "The recogniser was unsure of the whole line.", 1 - math.exp(logprob), (), logprob)
    if silence is not None and silence > NO_SPEECH:
        told = f"Perhaps nobody speaks here ({silence * 100:.0f} % by the recogniser)."
        yield Reason("silence", told, min(silence, 1.0), (), silence)
    if packed is not None and packed > COMPRESSION:
        told = "The text repeats itself, as recognisers do when they get stuck."
        yield Reason("repetition", told, 0.9, (), packed)


def _checks(session: Session) -> Found:
    """Errors that CHECK finds in a line or its tiers, by the line of the file that the session would be."""
    text = write_chat(session)
    errors = [problem for problem in check_chat(text, source=session.source) if problem.is_error and problem.line > 0]
    if not errors:
        return
    mains = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith("*")]  # one an utterance
    for problem in errors:
        index = bisect_right(mains, problem.line) - 1
        if index >= 0:
            yield index, Reason("check", problem.message, 0.8)


def _speakers(session: Session) -> Found:
    lines, unknown = session.utterances, set(unknown_voices(session))
    n_unknown = sum(line.speaker in unknown for line in lines)
    if n_unknown and n_unknown < MOSTLY * len(lines):
        sentence = "It is not known who speaks."
        yield from ((u.index, Reason("speaker", sentence, 0.5)) for u in lines if u.speaker in unknown)
    if any(step.step == "roles" and step.engine != PERSON for step in session.provenance):
        known = set(session.speakers()) - unknown - _told_by_person(session)
        told = "Who speaks was told by machine, and nobody has checked it."
        yield from ((u.index, Reason("voice", told, 0.2)) for u in lines if u.speaker in known and _is_short(u))


def _told_by_person(session: Session) -> set[str]:
    """Return the codes of the voices that a person named."""
    return {
        code for p in session.provenance if (p.step, p.engine) == ("roles", PERSON) for code in p.parameters.values()
    }


def _is_short(line: Utterance) -> bool:
    return line.span is not None and line.span.duration_s < SHORT_S


def _overlaps(session: Session) -> Found:
    """Lines of a recogniser into which somebody else speaks: it writes one voice where there are two."""
    if not session.is_recognised:
        return
    deepest: dict[int, int] = {}
    running: list[tuple[int, Utterance]] = []
    for start_ms, end_ms, line in sorted(_timed(session), key=lambda item: (item[0], item[2].index)):
        running = [(end, other) for end, other in running if end - start_ms >= OVERLAP_MS]
        for end, other in running:
            shared_ms = min(end, end_ms) - start_ms
            if other.speaker != line.speaker and shared_ms >= OVERLAP_MS:
                for index in (line.index, other.index):
                    deepest[index] = max(shared_ms, deepest.get(index, 0))
        running.append((end_ms, line))
    for index, shared_ms in deepest.items():
        told = f"Two voices overlap here for {shared_ms / 1000:.1f} s."
        yield index, Reason("overlap", told, 0.4, (), shared_ms / 1000)


def _timed(session: Session) -> Iterator[tuple[int, int, Utterance]]:
    return ((u.span.start_ms, u.span.end_ms, u) for u in session.utterances if u.span is not None)


UNSURE = {ScopeKind.UNCERTAIN, ScopeKind.ALTERNATIVE}


def _unclear(session: Session) -> Found:
    for line in session.utterances:
        unheard = any(t.kind is TokenKind.UNINTELLIGIBLE for t in line.tokens)
        unsure = [s for s in line.scopes if s.kind in UNSURE]
        words = tuple(t.text for s in unsure for t in line.tokens[s.first : s.last + 1])[:SHOWN_WORDS]
        if unheard or unsure:
            told = "Words are marked as not understood." if unheard else "Words are marked as uncertain."
            yield line.index, Reason("unclear", told, 0.3, words)


def _untimed(session: Session) -> Found:
    without = [u.index for u in session.utterances if u.span is None]
    if without and len(without) < MOSTLY * len(session.utterances):
        told = "The line has no times, so it cannot be played and counts for no measure of time."
        yield from ((index, Reason("no_time", told, 0.3)) for index in without)


SEARCHES: tuple[Callable[[Session], Found], ...] = (
    _of_the_recogniser,
    _checks,
    _speakers,
    _overlaps,
    _unclear,
    _untimed,
)
