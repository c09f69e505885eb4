"""Family *fluency*: how often speech was repeated, revised or held up. Counts by FluCalc's rules.

What FluCalc expresses per 100 syllables stands here as counts; they need no ``%mor`` tier.
"""

from __future__ import annotations

from collections.abc import Callable

from sdc.measures.counting import Line
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.session import Scope, ScopeKind, TokenKind

FAMILY = "fluency"

SPOKEN = frozenset(
    {
        TokenKind.WORD,
        TokenKind.FILLER,
        TokenKind.FRAGMENT,
        TokenKind.NONWORD,
        TokenKind.UNINTELLIGIBLE,
        TokenKind.PHONOLOGICAL,
        TokenKind.UNTRANSCRIBED,
    }
)
"""What counts as something said before or after a pause, and as an item of a retracing."""


def _of_kind(kind: TokenKind) -> Callable[[Line], int]:
    return lambda line: sum(t.kind is kind for t in line.utterance.tokens)


def _n_items(line: Line, scope: Scope) -> int:
    return sum(line.utterance.tokens[i].kind in SPOKEN for i in range(scope.first, scope.last + 1))


def _scopes(line: Line, kind: ScopeKind, *, single: bool) -> list[Scope]:
    """Return the retracings of a kind over one item, or over several."""
    found = [s for s in line.utterance.scopes if s.kind is kind]
    return [s for s in found if (_n_items(line, s) == 1 if single else _n_items(line, s) > 1)]


def n_word_repetitions(line: Line) -> int:
    """Count runs of repetitions of one word: ``the [/] the [/] the`` is one."""
    scopes = sorted(_scopes(line, ScopeKind.REPETITION, single=True), key=lambda s: s.first)
    return sum(not _goes_on(line, before, scope) for before, scope in zip([None, *scopes], scopes, strict=False))


def _goes_on(line: Line, before: Scope | None, scope: Scope) -> bool:
    """Whether a repetition repeats the same word as the one directly before it."""
    if before is None:
        return False
    tokens = line.utterance.tokens
    between = any(t.kind in SPOKEN for t in tokens[before.last + 1 : scope.first])
    return not between and _said(line, before) == _said(line, scope)


def _said(line: Line, scope: Scope) -> list[str]:
    tokens = line.utterance.tokens[scope.first : scope.last + 1]
    return [t.text.lower() for t in tokens if t.kind in SPOKEN]


def n_pauses(line: Line) -> int:
    """Count the pauses inside a line: something was said before and after."""
    tokens = line.utterance.tokens
    said = [i for i, t in enumerate(tokens) if t.kind in SPOKEN]
    if not said:
        return 0
    return sum(t.kind is TokenKind.PAUSE for t in tokens[said[0] : said[-1]])


def _several(kind: ScopeKind) -> Callable[[Line], int]:
    return lambda line: len(_scopes(line, kind, single=False))


def _one(kind: ScopeKind) -> Callable[[Line], int]:
    return lambda line: len(_scopes(line, kind, single=True))


def _rule(id: str, title: str, description: str, formula: str, count: Callable[[Line], int]) -> MeasureRule:
    def function(sample: Sample) -> Finding:
        if not sample.spoken:
            return none("no utterance with speech")
        n_words = len(sample.words)
        return Finding(sum(map(count, sample.lines)), n_words, utterances=indexes(sample.spoken))

    return MeasureRule(
        id=id,
        title=title,
        family=FAMILY,
        unit="occurrences",
        n_unit="words",
        description=description,
        formula=formula,
        source="CLAN manual, FluCalc",
        function=function,
        needs=("verbatim",),
        minimum_n=300,
        rough_n=100,
    )


RULES = (
    _rule(
        "filled_pauses",
        "Filled pauses",
        "How often the speaker used a filler that the transcript marks, such as &-um or &-uh.",
        "number of &- items, also in retraced material",
        _of_kind(TokenKind.FILLER),
    ),
    _rule(
        "fragments",
        "Word fragments",
        "How often a word was broken off, such as &+b for the beginning of ball.",
        "number of &+ items, also in retraced material",
        _of_kind(TokenKind.FRAGMENT),
    ),
    _rule(
        "whole_word_repetitions",
        "Whole-word repetitions",
        "How often one word was said again, whether its form is short or long. A word said three times in a row is "
        "one repetition.",
        "runs of [/] over one word; the [/] the [/] the is one",
        n_word_repetitions,
    ),
    _rule(
        "phrase_repetitions",
        "Phrase repetitions",
        "How often two or more words were said again.",
        "number of [/] over two or more items; a filler is an item",
        _several(ScopeKind.REPETITION),
    ),
    _rule(
        "word_revisions",
        "Word revisions",
        "How often one word was replaced by another way to say it.",
        "number of [//] over one item",
        _one(ScopeKind.REVISION),
    ),
    _rule(
        "phrase_revisions",
        "Phrase revisions",
        "How often two or more words were replaced by another way to say them. Reformulations [///] and false starts "
        "[/-] do not count.",
        "number of [//] over two or more items",
        _several(ScopeKind.REVISION),
    ),
    _rule(
        "utterance_pauses",
        "Pauses marked in utterances",
        "How often the transcript marks a pause, (.) (..) (...) or (1.5), between two words of an utterance. Pauses at "
        "its beginning or end do not count.",
        "number of pauses with something said before and after on the same line",
        n_pauses,
    ),
)
