"""What was said: utterances, tokens, scoped codes, dependent tiers.

The words are CHAT's (MacWhinney, CHAT manual, chapters 8 to 11). A transcript that comes
from Whisper uses the same record with fewer kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of the recording in whole milliseconds, ``start_ms <= end_ms``."""

    start_ms: int
    end_ms: int

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return (self.end_ms - self.start_ms) / 1000


class TokenKind(StrEnum):
    """What a token of a main line is."""

    WORD = "word"  # a word, also babbling or word play (see ``Token.form``)
    FILLER = "filler"  # &-uh
    FRAGMENT = "fragment"  # &+fr
    NONWORD = "nonword"  # &~gaga
    OMITTED = "omitted"  # 0is: a word that was expected and not said
    ACTION = "action"  # 0 alone: the speaker acted without speaking
    UNINTELLIGIBLE = "unintelligible"  # xxx
    PHONOLOGICAL = "phonological"  # yyy: coded on %pho
    UNTRANSCRIBED = "untranscribed"  # www
    EVENT = "event"  # &=laughs
    INTERPOSED = "interposed"  # &*MOT:mhm: another speaker's short word inside the line
    PAUSE = "pause"  # (.) (..) (...) (1.5)
    LINKER = "linker"  # ++ +< +^ +, +" at the start
    SEPARATOR = "separator"  # , ; : „ ‡ and CA intonation arrows
    TERMINATOR = "terminator"  # . ? ! +... +/. …
    MARKER = "marker"  # overlap, quotation and other marks that are not speech
    OTHER = "other"  # damaged or unknown material, kept as written


class ScopeKind(StrEnum):
    """What a code in square brackets says about the tokens before it."""

    REPETITION = "repetition"  # [/]
    REVISION = "revision"  # [//]
    REFORMULATION = "reformulation"  # [///]
    FALSE_START = "false_start"  # [/-]
    UNCLEAR_RETRACING = "unclear_retracing"  # [/?]
    REPLACEMENT = "replacement"  # [: nose]
    REAL_WORD_REPLACEMENT = "real_word_replacement"  # [:: nose]
    ERROR = "error"  # [* p:w]
    EXPLANATION = "explanation"  # [= text]
    PARALINGUISTIC = "paralinguistic"  # [=! whispers]
    ALTERNATIVE = "alternative"  # [=? text]
    COMMENT = "comment"  # [% text]
    UNCERTAIN = "uncertain"  # [?]
    OVERLAP = "overlap"  # [<] [>]
    STRESS = "stress"  # [!] [!!]
    REPEAT_COUNT = "repeat_count"  # [x 3]
    EXCLUDED = "excluded"  # [e]
    DURATION = "duration"  # [# 1.5]
    GROUP = "group"  # <...> that no code follows, ‹...› and the like
    OTHER = "other"


RETRACINGS = frozenset(
    {
        ScopeKind.REPETITION,
        ScopeKind.REVISION,
        ScopeKind.REFORMULATION,
        ScopeKind.FALSE_START,
        ScopeKind.UNCLEAR_RETRACING,
    }
)
"""Scopes whose tokens the speaker took back or said again."""


@dataclass(frozen=True, slots=True)
class Token:
    """One item of a main line.

    Attributes
    ----------
    text : str
        As one would read it: special form ending, length marks (``:``, ``^``, ``≠``, ``↫``),
        stress marks and the parentheses of shortenings taken off
        (``(be)cause@d`` → ``because``); fillers and fragments without their ``&-``/``&+``.
    kind : TokenKind
    raw : str
        As written.
    form : str or None
        Special form of a word without the ``@``: ``c``, ``o``, ``l``, ``s:spa`` …
    duration_ms : int or None
        Length of a timed pause.
    span : TimeSpan or None
        When it was said, if the source has word times.
    probability : float or None
        Confidence of the recogniser, 0 to 1.
    """

    text: str
    kind: TokenKind
    raw: str
    form: str | None = None
    duration_ms: int | None = None
    span: TimeSpan | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A code over a run of tokens: ``utterance.tokens[first : last + 1]``.

    ``text`` is what the code carries: ``nose`` of ``[: nose]``, ``p:w`` of ``[* p:w]``.
    Scopes stand in the order in which they close, so a nested one precedes the one around it.
    """

    kind: ScopeKind
    first: int
    last: int
    text: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class DependentTier:
    """One dependent tier line, unfolded: ``name`` without ``%`` (``mor``), text as written."""

    name: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One CHAT main line with its dependent tiers.

    Attributes
    ----------
    index : int
        Position in the session from 0; evidence points to it.
    speaker : str
        Participant code.
    raw : str
        The main line as written and unfolded, without the speaker code and time bullets.
    tokens : tuple[Token, ...]
        Everything on the line in order, the terminator included.
    scopes : tuple[Scope, ...]
        Codes in square brackets with the tokens that they cover.
    postcodes : tuple[str, ...]
        ``mlue`` of ``[+ mlue]``, in order.
    language : str or None
        ``spa`` of ``[- spa]``.
    span : TimeSpan or None
        From the first bullet's start to the last one's end.
    line : int or None
        Line number in the source, from 1.
    tiers : tuple[DependentTier, ...]
        In order; a repeated tier stands twice.
    """

    index: int
    speaker: str
    raw: str
    tokens: tuple[Token, ...] = ()
    scopes: tuple[Scope, ...] = ()
    postcodes: tuple[str, ...] = ()
    language: str | None = None
    span: TimeSpan | None = None
    line: int | None = None
    tiers: tuple[DependentTier, ...] = ()

    def tier(self, name: str) -> DependentTier | None:
        """Return the first dependent tier of this name, or None."""
        for tier in self.tiers:  # a loop: many measures ask, and a generator costs more
            if tier.name == name:
                return tier
        return None

    @property
    def terminator(self) -> str | None:
        """The last terminator on the line, as written; None when there is none."""
        for token in reversed(self.tokens):
            if token.kind is TokenKind.TERMINATOR:
                return token.raw
        return None

    def retraced(self) -> frozenset[int]:
        """Return the indexes of tokens inside retracings (``[/] [//] [///] [/-] [/?]``)."""
        if not self.scopes:  # most lines; every measure asks
            return frozenset()
        return frozenset(i for s in self.scopes if s.kind in RETRACINGS for i in range(s.first, s.last + 1))
