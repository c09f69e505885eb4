"""Family *fluency*: how often speech was repeated, revised or held up. FluCalc's measures.

What FluCalc expresses per 100 syllables stands here as counts; only the syllables and the weighted
sum need a ``%mor`` tier.
"""

from __future__ import annotations

from collections.abc import Callable

from sdc.measures.rule import Finding, MeasureRule, Need, none
from sdc.measures.sample import Sample, indexes

FAMILY = "fluency"
NO_SPEECH = "no utterance with speech"
NO_MOR_WORDS = "no %mor tier with words that fit the main line"
NONE_FOUND = "no disfluency on the speaker's lines"

_FLUCALC = "CLAN manual, FluCalc: `flucalc +t*CHI`; flucalc.cpp"
_UNITS_OF = "A unit is one extra time: the the the has two."


def _counter(name: str) -> Callable[[Sample], Finding]:
    def function(sample: Sample) -> Finding:
        if not sample.spoken:
            return none(NO_SPEECH)
        return Finding(getattr(sample.disfluencies, name), len(sample.words), utterances=indexes(sample.spoken))

    return function


def _syllables(sample: Sample) -> Finding:
    counts = [n for syllables in sample.flucalc_syllables.values() for n in syllables]
    if not any(counts):
        return none(NO_MOR_WORDS)
    return Finding(sum(counts), len(counts), utterances=tuple(sample.flucalc_syllables))


def _sld_ratio(sample: Sample) -> Finding:
    if not sample.spoken:
        return none(NO_SPEECH)
    found, n_words, used = sample.disfluencies, len(sample.words), indexes(sample.spoken)
    total = found.sld_total + found.td_total
    return Finding(found.sld_total / total, n_words, utterances=used) if total else none(NONE_FOUND, n_words, used)


def _weighted_sld(sample: Sample) -> Finding:
    n = sum(map(sum, sample.flucalc_syllables.values()))
    if not n:
        return none(NO_MOR_WORDS)
    return Finding(100 * sample.disfluencies.weight / n, n, utterances=indexes(sample.spoken))


def _rule(
    id: str,
    title: str,
    description: str,
    formula: str,
    *,
    unit: str = "occurrences",
    needs: tuple[Need, ...] = ("verbatim",),
    version: int = 1,
) -> MeasureRule:
    return MeasureRule(
        id=id,
        title=title,
        family=FAMILY,
        unit=unit,
        n_unit="words",
        description=description,
        formula=formula,
        source=_FLUCALC,
        function=_counter(id),
        needs=needs,
        no_value_when=(NO_SPEECH,),
        minimum_n=300,
        rough_n=100,
        version=version,
    )


_COLONS = "FluCalc reads every colon as one, also those of &=points:dog, &*MOT:yes and hola@s:spa"
_EXPANDED = "no [x 3] is no [/] no [/] no"

MARKS = (
    _rule(
        "prolongations",
        "Prolonged sounds",
        "How often a sound was held, by the colons in words: do::g has two. FluCalc also takes the colons of gestures "
        "such as &=points:dog and of words in another language such as hola@s:spa for such marks, and this figure is "
        "FluCalc's: look at the lines where the transcript has such codes.",
        f"number of : in items of the main line; {_COLONS}",
    ),
    _rule(
        "broken_words",
        "Broken words",
        "How often a word was held up in its middle, marked by ^ inside it, such as rhi^noceros.",
        "number of ^ in items of the main line; the linker +^ counts, as in FluCalc",
    ),
    _rule(
        "blocks",
        "Blocks",
        "How often a word was held up before or in a sound, marked by ≠, such as ≠butter.",
        "number of ≠ in items of the main line",
    ),
    _rule(
        "part_word_repetitions",
        "Part-word repetitions",
        "How often a part of a word was said again, such as ↫b-b↫ball.",
        "number of ↫…↫ in items of the main line",
    ),
    _rule(
        "part_word_repetition_units",
        "Part-word repetition units",
        "How many extra times parts of words were said: ↫b-b-b↫ball has three units.",
        "for each ↫…↫ one, and one for each hyphen inside",
        unit="units",
    ),
    _rule(
        "filled_pauses",
        "Filled pauses",
        "How often the speaker used a filler that the transcript marks, such as &-um or &-uh.",
        f"number of &- items, also in retraced material; {_EXPANDED}",
        version=2,
    ),
    _rule(
        "fragments",
        "Word fragments",
        "How often a word was broken off, such as &+b for the beginning of ball.",
        f"number of &+ items, also in retraced material; {_EXPANDED}",
        version=2,
    ),
)
"""Marks inside items, and items of a kind."""

_RUN = "[/] directly after the word after [/] goes on with a repetition: the [/] the [/] the is one"
_ONE_SYLLABLE = "the repeated item has one syllable by FluCalc's vowel groups ((th)em has none)"

REPETITIONS = (
    _rule(
        "whole_word_repetitions",
        "Whole-word repetitions",
        "How often one word was said again, whether its form is short or long. A word said three times in a row is "
        "one repetition.",
        f"[/] over one item; {_RUN}; {_EXPANDED}",
        version=2,
    ),
    _rule(
        "whole_word_repetition_units",
        "Whole-word repetition units",
        f"How many extra times words were said. {_UNITS_OF}",
        f"number of [/] over one item; {_EXPANDED}",
        unit="units",
    ),
    _rule(
        "mono_word_repetitions",
        "Repetitions of words of one syllable",
        "How often a word of one syllable was said again. A word said three times in a row is one repetition.",
        f"[/] over one item, where {_ONE_SYLLABLE}; {_RUN}",
        needs=("english", "verbatim"),
    ),
    _rule(
        "mono_word_repetition_units",
        "Repetition units of words of one syllable",
        f"How many extra times words of one syllable were said. {_UNITS_OF}",
        f"number of [/] over one item, where {_ONE_SYLLABLE}",
        unit="units",
        needs=("english", "verbatim"),
    ),
    _rule(
        "phrase_repetitions",
        "Phrase repetitions",
        "How often two or more words were said again.",
        f"number of [/] over two or more items, a filler or a pause is an item; {_EXPANDED}",
        version=2,
    ),
    _rule(
        "word_revisions",
        "Word revisions",
        "How often one word was replaced by another way to say it.",
        "number of [//] over one item",
        version=2,
    ),
    _rule(
        "phrase_revisions",
        "Phrase revisions",
        "How often two or more words were replaced by another way to say them. Reformulations [///] and false starts "
        "[/-] do not count.",
        "number of [//] over two or more items",
        version=2,
    ),
    _rule(
        "utterance_pauses",
        "Pauses marked in utterances",
        "How often the transcript marks a pause, (.) (..) (...) or (1.5), inside an utterance. Pauses at its "
        "beginning or end do not count.",
        "number of pauses with an item before and after on the line; a word that begins with a parenthesis, such as "
        "(be)cause, is no such item and a time bullet at the end is one, as in FluCalc",
        version=2,
    ),
)
"""What codes after words and groups say, and pauses."""

TOTALS = (
    _rule(
        "td_total",
        "Other disfluencies (TD)",
        "All disfluencies that are not stuttering-like: repeated phrases, revisions, pauses, filled pauses and "
        "fragments. All speakers have them, and long utterances have more.",
        "phrase_repetitions + word_revisions + phrase_revisions + utterance_pauses + filled_pauses + fragments",
    ),
    _rule(
        "sld_total",
        "Stuttering-like disfluencies (SLD)",
        "Prolonged sounds, broken words, blocks, and repetitions of parts of words and of words of one syllable. The "
        "name is the field's word for these forms; fluent speakers have some too.",
        "prolongations + broken_words + blocks + part_word_repetitions + mono_word_repetitions",
        needs=("english", "verbatim"),
    ),
)
"""Sums."""

SYLLABLES = MeasureRule(
    id="syllables",
    title="Syllables (FluCalc)",
    family=FAMILY,
    unit="syllables",
    n_unit="words",
    description="How many syllables the words on the %mor tier have, by FluCalc's rule: what its rates rest on. It "
    "counts groups of vowel letters, so single words may differ from a dictionary.",
    formula="vowel groups of the words that %mor analyses, without a final silent e and an e after a listed beginning "
    "(home, grape …); omitted words such as 0is count where %mor has them; lines whose %mor does not fit are left out",
    source=_FLUCALC,
    function=_syllables,
    needs=("mor", "english", "verbatim"),
    no_value_when=(NO_MOR_WORDS,),
    minimum_n=300,
    rough_n=100,
)

SLD_RATIO = MeasureRule(
    id="sld_ratio",
    title="Share of stuttering-like disfluencies",
    family=FAMILY,
    unit="SLD/disfluency",
    n_unit="words",
    description="Stuttering-like disfluencies as a share of all disfluencies; 0 is none of them, 1 is all.",
    formula="sld_total / (sld_total + td_total)",
    source=_FLUCALC,
    function=_sld_ratio,
    needs=("english", "verbatim"),
    no_value_when=(NO_SPEECH, NONE_FOUND),
    minimum_n=300,
    rough_n=100,
)

WEIGHTED_SLD = MeasureRule(
    id="weighted_sld",
    title="Weighted stuttering-like disfluencies",
    family=FAMILY,
    unit="per 100 syllables",
    n_unit="syllables",
    description="Repetition units, and prolonged sounds and blocks counted twice, in 100 syllables. Units weigh the "
    "number of extra times, so a long repetition counts more than a short one.",
    formula="100 × (part_word_repetition_units + mono_word_repetition_units + 2 × (prolongations + blocks)) "
    "/ syllables",
    source=f"{_FLUCALC}; after Ambrose, N. & Yairi, E. (1999), JSLHR 42, 895-909",
    function=_weighted_sld,
    needs=("mor", "english", "verbatim"),
    no_value_when=(NO_MOR_WORDS,),
    minimum_n=300,
    rough_n=100,
)

RULES = (SYLLABLES, *MARKS, *REPETITIONS, *TOTALS, SLD_RATIO, WEIGHTED_SLD)
"""FluCalc's measures."""
