"""Sessions of a made-up child, with and without words."""

from collections.abc import Callable

import pytest

from sdc.progress import SessionPoint
from sdc.session import (
    Analysis,
    Measure,
    Participant,
    Scope,
    ScopeKind,
    Session,
    SpeakerAnalysis,
    Token,
    TokenKind,
    Utterance,
)

CHILD = Participant("CHI", "Target_Child", name="Sarah")


def token(text: str) -> Token:
    """`um_` is a filler, `xxx` is not understood, the rest are words."""
    if text == "xxx":
        return Token(text, TokenKind.UNINTELLIGIBLE, text)
    if text.endswith("_"):
        return Token(text[:-1], TokenKind.FILLER, f"&-{text[:-1]}")
    return Token(text, TokenKind.WORD, text)


def line(index: int, text: str, *, speaker: str = "CHI") -> Utterance:
    """`I want / I want a train`: what stands before the slash was said again."""
    before, slash, _ = text.partition("/")
    tokens = tuple(token(word) for word in text.replace("/", " ").split())
    last = len(before.split()) - 1
    scopes = (Scope(ScopeKind.REPETITION, 0, last),) if slash else ()
    return Utterance(index, speaker, text, (*tokens, Token(".", TokenKind.TERMINATOR, ".")), scopes)


LINES = ("um_ I see it", "I want / I want a red train", "xxx the big one over there now please", "yes")


@pytest.fixture
def utterances() -> Callable[..., tuple[Utterance, ...]]:
    def make(*texts: str) -> tuple[Utterance, ...]:
        return tuple(line(index, text) for index, text in enumerate(texts))

    return make


@pytest.fixture
def point() -> Callable[..., SessionPoint]:
    """Make a session: ``point("s1", "2026-03-02", mlu_words=(2.0, 50))``."""

    def make(session_id: str, date: str | None = None, texts: tuple[str, ...] = LINES, **fields: object):
        named = {k: fields.pop(k) for k in ("age_months", "context", "recognised") if k in fields}
        measures = {
            k: v if isinstance(v, Measure) else Measure(k, v[0], "unit", v[1], f"{k}.v1") for k, v in fields.items()
        }
        said = tuple(line(index, text) for index, text in enumerate(texts))
        return SessionPoint(
            session_id, f"{session_id}.cha", date, target="CHI", measures=measures, utterances=said, **named
        )

    return make


@pytest.fixture
def whole() -> Callable[[SessionPoint], tuple[Session, Analysis]]:
    """Turn a point into the session and analysis that it is a point of."""

    def make(point: SessionPoint, child: Participant | None = CHILD) -> tuple[Session, Analysis]:
        participants = (child,) if child else ()
        session = Session(
            point.source,
            point.date,
            participants=participants,
            utterances=point.utterances,
            context=point.context,
        )
        speaker = SpeakerAnalysis("CHI", "Target_Child", dict(point.measures))
        return session, Analysis(point.source, {"CHI": speaker})

    return make


@pytest.fixture
def weeks(point) -> tuple[SessionPoint, ...]:
    """Sarah's five weeks: fewer hesitations, longer utterances; week 3 is missing."""
    play = {"context": "free play"}
    return (
        point("w1", "2026-03-02", maze_words_pct=(22.0, 200), mlu_words=(2.0, 40), ndw_100=(51, 100),
              speech_rate=(2.1, 120), filler_words_pct=(6.0, 200), f0_median=(301.4, 44), **play),
        point("w2", "2026-03-09", maze_words_pct=(20.0, 150), mlu_words=(2.2, 40), **play),
        point("w4", "2026-03-24", maze_words_pct=(12.0, 90), mlu_words=(2.4, 20), **play),
        point("w5", "2026-03-30", ("well um_ we go home",), maze_words_pct=(3.0, 220), mlu_words=(3.1, 52),
              ndw_100=(61, 100), speech_rate=(2.5, 130), filler_words_pct=(1.4, 220), f0_median=(None, 0), **play),
    )  # fmt: skip
