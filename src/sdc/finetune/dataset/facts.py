"""What a transcript marks in a child's lines: each fact with the words that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from sdc.companion.speech_prompt import REMARKS, plain, shown_token
from sdc.companion.wording import lint_wording
from sdc.measures.approximations import UNKNOWN_TARGET, approximations
from sdc.measures.echo import is_echo, is_exact_echo, is_long
from sdc.measures.sample import Sample, count_lines
from sdc.session import RETRACINGS, ScopeKind, Session, TokenKind, Utterance

FactKind = Literal[
    "target_word", "full_form", "event", "remark", "sounds", "echo", "partial_echo", "repetition", "revision"
]

MAX_WORDS = 25
"""A longer stretch is not told: a sentence has to be read."""

_HIDDEN = frozenset({TokenKind.UNINTELLIGIBLE, TokenKind.PHONOLOGICAL, TokenKind.UNTRANSCRIBED})


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the transcript marks.

    Attributes
    ----------
    kind : str
        ``target_word`` (noosh [: nose]), ``full_form`` (gonna [: going to]), ``event`` (&=laughs), ``remark``
        (%com, %act, %exp), ``sounds`` (%pho), ``echo``, ``partial_echo``, ``repetition`` ([/]), ``revision``
        ([//], [///], [/-]).
    utterance : int
        Index of the child's line.
    said : str
        The child's words; empty for an event and a remark.
    other : str
        The target, the event, the remark, the sounds, the adult's words; empty for repetitions and revisions.
    needs : int or None
        Index of another line without which it cannot be seen: the adult's.
    """

    kind: FactKind
    utterance: int
    said: str
    other: str = ""
    needs: int | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the fact as metadata hold it."""
        return {"kind": self.kind, "utterance": self.utterance, "said": self.said, "other": self.other}


def facts(session: Session) -> tuple[Fact, ...]:
    """Return what a session marks in the target child's lines, in the order of the lines.

    Facts with a word that SDC does not say in the transcriber's remark, and those of unknown words, are not told.
    """
    target = session.target
    if target is None:
        return ()
    sample = Sample(session, target.code, count_lines(session))
    found = [*_target_words(sample), *_echoes(sample)]
    own = [line.utterance for line in sample.lines]
    found += chain.from_iterable((*_full_forms(u), *_events(u), *_remarks(u), *_retracings(u)) for u in own)
    kept = (f for f in found if _can_be_told(f))
    return tuple(dict.fromkeys(sorted(kept, key=lambda f: (f.utterance, _TOLD.index(f.kind), f.said))))


_TOLD: tuple[FactKind, ...] = (
    "target_word",
    "full_form",
    "sounds",
    "repetition",
    "revision",
    "echo",
    "partial_echo",
    "event",
    "remark",
)
"""The order in which the facts of a line are told."""


def _can_be_told(fact: Fact) -> bool:
    if len(fact.said.split()) > MAX_WORDS or len(fact.other.split()) > MAX_WORDS:
        return False
    if fact.kind in ("event", "remark"):
        return not lint_wording(fact.other)
    return bool(fact.said) and (fact.kind in ("repetition", "revision") or bool(fact.other))


def _target_words(sample: Sample) -> Iterator[Fact]:
    for found in approximations(sample):
        yield Fact("target_word", found.utterance, plain(found.said), plain(found.target))


def _full_forms(utterance: Utterance) -> Iterator[Fact]:
    for scope in utterance.scopes:
        target = plain(scope.text)
        if scope.kind is ScopeKind.REPLACEMENT and " " in target and not UNKNOWN_TARGET.search(target):
            yield Fact("full_form", utterance.index, _said(utterance, scope.first, scope.last), target)


def _events(utterance: Utterance) -> Iterator[Fact]:
    texts = [t.text for t in utterance.tokens if t.kind is TokenKind.EVENT]
    texts += [s.text for s in utterance.scopes if s.kind is ScopeKind.PARALINGUISTIC]
    for text in dict.fromkeys(plain(t) for t in texts):
        if text:
            yield Fact("event", utterance.index, "", text)


def _remarks(utterance: Utterance) -> Iterator[Fact]:
    for tier in utterance.tiers:
        text = plain(tier.text)
        if tier.name not in REMARKS or not text:
            continue
        if tier.name != "pho":
            yield Fact("remark", utterance.index, "", text)
        elif (said := _said(utterance, 0, len(utterance.tokens) - 1)) and "*" not in text:
            yield Fact("sounds", utterance.index, said, text)


def _retracings(utterance: Utterance) -> Iterator[Fact]:
    for scope in utterance.scopes:
        if scope.kind in RETRACINGS and scope.kind is not ScopeKind.UNCLEAR_RETRACING:
            kind: FactKind = "repetition" if scope.kind is ScopeKind.REPETITION else "revision"
            yield Fact(kind, utterance.index, _said(utterance, scope.first, scope.last))


def _echoes(sample: Sample) -> Iterator[Fact]:
    utterances = sample.session.utterances
    for exchange in sample.exchanges:
        before = exchange.before
        if before is None or not is_long(exchange):
            continue
        kind: FactKind | None = "echo" if is_exact_echo(exchange) else "partial_echo" if is_echo(exchange) else None
        if kind is None:
            continue
        own, adult = utterances[exchange.index], utterances[before.line.index]
        said = (_said(u, 0, len(u.tokens) - 1) for u in (own, adult))
        yield Fact(kind, exchange.index, next(said), next(said), before.line.index)


def _said(utterance: Utterance, first: int, last: int) -> str:
    """Return the words of some tokens as the prompt shows them; empty where one of them is not known."""
    tokens = utterance.tokens[first : last + 1]
    if any(t.kind in _HIDDEN for t in tokens):
        return ""
    left_out = (TokenKind.TERMINATOR, TokenKind.EVENT)
    return " ".join(text for t in tokens if t.kind not in left_out and (text := shown_token(t)))
