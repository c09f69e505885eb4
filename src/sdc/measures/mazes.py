"""Family *mazes*: words that are not part of the message, as a share of all words."""

from __future__ import annotations

from itertools import compress

from sdc.measures.counting import Line
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes

FAMILY = "mazes"
NO_WORDS = "no words"


def n_message_words(line: Line) -> int:
    """Count the words of the message: those outside retracings, without plain ``um`` and ``uh``."""
    return sum([not word.is_plain_filler for word in line.words])


def _share(sample: Sample, part: int) -> Finding:
    amounts = [n_message_words(line) + line.n_maze_words for line in sample.lines]
    lines = tuple(compress(sample.lines, amounts))
    total = sum(amounts)
    return Finding(100 * part / total, total, utterances=indexes(lines)) if total else none(NO_WORDS)


def _fillers(sample: Sample) -> Finding:
    return _share(sample, sum([line.n_fillers for line in sample.lines]))


def _mazes(sample: Sample) -> Finding:
    return _share(sample, sum([line.n_maze_words for line in sample.lines]))


_MACFARLANE = "MacFarlane, H. et al. (2017), PLoS ONE 12, e0173936"

RULES = (
    MeasureRule(
        id="filler_words_pct",
        title="Fillers",
        family=FAMILY,
        unit="%",
        n_unit="words",
        description="Fillers (&-um, &-uh, &-you_know …; also um and uh written as plain words) as a share of all "
        "words that were said, those of repetitions and revisions included.",
        formula="100 × fillers / (words + fillers + fragments + retraced words)",
        source=f"{_MACFARLANE}: fillers apart from content mazes",
        function=_fillers,
        needs=("verbatim",),
        no_value_when=(NO_WORDS,),
        minimum_n=300,
        rough_n=100,
    ),
    MeasureRule(
        id="maze_words_pct",
        title="Words in mazes",
        family=FAMILY,
        unit="%",
        n_unit="words",
        description="Fillers, word fragments (&+b) and words that were repeated or revised (before [/] [//] [///] "
        "[/-] [/?]) as a share of all words that were said. Everyone has some; long utterances have more.",
        formula="100 × (fillers + fragments + retraced words) / (words + fillers + fragments + retraced words)",
        source=f"SALT's mazes as a share of total words; {_MACFARLANE}",
        function=_mazes,
        needs=("verbatim",),
        no_value_when=(NO_WORDS,),
        minimum_n=300,
        rough_n=100,
    ),
)
