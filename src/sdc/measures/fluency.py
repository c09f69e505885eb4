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
NO_SPEECH = "no utterance with speech"

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
"""What counts as an item of a retracing."""

EDGES = SPOKEN | {TokenKind.EVENT, TokenKind.LINKER}
"""A pause between two of these is inside the utterance."""


def _of_kind(kind: TokenKind) -> Callable[[Line], int]:
    return lambda line: sum(t.kind is kind for t in line.utterance.tokens)


def _n_items(line: Line, scope: Scope) -> int:
    return sum(line.utterance.tokens[i].kind in SPOKEN for i in range(scope.first, scope.last + 1))


def _scopes(line: Line, kind: ScopeKind, *, single: bool) -> list[Scope]:
    """Return the retracings of a kind over one item, or over several."""
    found = [s for s in line.utterance.scopes if s.kind is kind]
    return [s for s in found if (_n_items(line, s) == 1 if single else _n_items(line, s) > 1)]


def n_word_repetitions(line: Line) -> int:
    """Count runs of repetitions of one word: ``the [/] the [/] the`` is one, ``the [x 3]`` too."""
    scopes = sorted(_scopes(line, ScopeKind.REPETITION, single=True), key=lambda s: s.first)
    runs = sum(not _goes_on(line, before, scope) for before, scope in zip([None, *scopes], scopes, strict=False))
    return runs + sum(_n_items(line, s) < 2 for s in _counted(line))


def n_phrase_repetitions(line: Line) -> int:
    """Count repetitions of several words; ``<go to bed> [x 3]`` is two."""
    marked = len(_scopes(line, ScopeKind.REPETITION, single=False))
    return marked + sum(int(s.text) - 1 for s in _counted(line) if _n_items(line, s) > 1)


def _counted(line: Line) -> list[Scope]:
    """Return the ``[x 3]`` that say how often something was said."""
    found = (s for s in line.utterance.scopes if s.kind is ScopeKind.REPEAT_COUNT)
    return [s for s in found if s.text.isdecimal() and int(s.text) > 1]


def _goes_on(line: Line, before: Scope | None, scope: Scope) -> bool:
    """Whether a repetition repeats the same word as the one directly before it."""
    if before is None:
        return False
    # The reader counts a pause before a single retraced word to the retracing.
    between = line.utterance.tokens[before.last + 1 : scope.last]
    apart = any(t.kind in SPOKEN or t.kind is TokenKind.PAUSE for t in between)
    return not apart and _said(line, before) == _said(line, scope)


def _said(line: Line, scope: Scope) -> list[str]:
    tokens = line.utterance.tokens[scope.first : scope.last + 1]
    return [t.raw for t in tokens if t.kind in SPOKEN]  # d(o) and do are two words to FluCalc


def n_pauses(line: Line) -> int:
    """Count the pauses inside a line: not before its first item nor after its last."""
    items = [i for i, t in enumerate(line.utterance.tokens) if t.kind in EDGES]
    inside = line.utterance.tokens[items[0] : items[-1]] if items else ()
    return sum(t.kind is TokenKind.PAUSE for t in inside)


def _several(kind: ScopeKind) -> Callable[[Line], int]:
    return lambda line: len(_scopes(line, kind, single=False))


def _one(kind: ScopeKind) -> Callable[[Line], int]:
    return lambda line: len(_scopes(line, kind, single=True))


def _rule(id: str, title: str, description: str, formula: str, count: Callable[[Line], int]) -> MeasureRule:
    def function(sample: Sample) -> Finding:
        if not sample.spoken:
            return none(NO_SPEECH)
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
        no_value_when=(NO_SPEECH,),
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
        "runs of [/] over one item, the [/] the [/] the is one; and [x 2] or more after one item",
        n_word_repetitions,
    ),
    _rule(
        "phrase_repetitions",
        "Phrase repetitions",
        "How often two or more words were said again.",
        "number of [/] over two or more items, a filler is an item; and n − 1 for [x n] after two or more items",
        n_phrase_repetitions,
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
        "How often the transcript marks a pause, (.) (..) (...) or (1.5), inside an utterance. Pauses at its "
        "beginning or end do not count.",
        "number of pauses with a word, filler, event or linker before, and a word, filler or event after, on the line",
        n_pauses,
    ),
)
