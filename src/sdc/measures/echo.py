"""Family *echo*: utterances made of words that an adult, or the child, has just said.

Echolalia is communication: repeating can be a way to join in, to answer or to think. Everyone
repeats some words of a partner, and by chance alone, too; ``echo_above_chance`` takes the latter off.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable

from sdc.measures.exchanges import Exchange, Said, is_question
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample

FAMILY = "echo"
MOST_PCT = 80
"""So many per cent of an utterance's words make it an echo."""

WINDOW = 10
"""A self-repetition lies at most so many of the child's utterances back."""

MINIMUM_ADULT_UTTERANCES = 2
NO_ADULT = "no adult's words were transcribed"
NO_UTTERANCE = "no utterance with words that was wholly understood"
FEW_ADULT = f"fewer than {MINIMUM_ADULT_UTTERANCES} utterances of an adult directly before the child's"


def is_made_of(words: tuple[str, ...], others: Container[str]) -> bool:
    """Whether at least 80 % of the words are among the others."""
    return 100 * sum(word in others for word in words) >= MOST_PCT * len(words)


def is_exact_echo(exchange: Exchange) -> bool:
    """Whether the utterance is, word for word, what the adult said directly before."""
    before = exchange.before
    return before is not None and before.known and before.words == exchange.words


def is_echo(exchange: Exchange) -> bool:
    """Whether at least 80 % of the utterance's words are in what the adult said directly before."""
    return exchange.before is not None and is_made_of(exchange.words, exchange.before.words)


def is_long(exchange: Exchange) -> bool:
    """Whether the utterance has two or more words."""
    return len(exchange.words) > 1


def self_repetitions(sample: Sample) -> tuple[Exchange, ...]:
    """Return the utterances of two or more words that say again what the speaker said before.

    One of the speaker's ten utterances before holds at least 80 % of the words, and the other
    way round, and no adult prompted it in between: asked a question, or said the words.
    """
    by_index = {exchange.index: exchange for exchange in sample.exchanges}
    adults = sample.adults - {sample.speaker}
    earlier: deque[tuple[Exchange, list[Said]]] = deque(maxlen=WINDOW)
    found = []
    for one in sample.said:
        exchange = by_index.get(one.line.index)
        if exchange is not None:
            if is_long(exchange) and _says_again(exchange, earlier):
                found.append(exchange)
            earlier.append((exchange, []))
        elif one.speaker in adults and is_question(one.line):
            earlier.clear()
        elif one.speaker in adults and earlier:
            earlier[-1][1].append(one)
    return tuple(found)


def _says_again(exchange: Exchange, earlier: deque[tuple[Exchange, list[Said]]]) -> bool:
    """Look from the latest of the earlier utterances back; with each stands what adults said after it."""
    words = exchange.words
    for before, prompts in reversed(earlier):
        if any(is_made_of(words, one.words) for one in prompts):
            return False
        if is_made_of(words, before.words) and is_made_of(before.words, words):
            return True
    return False


def expected_echoes(exchanges: Iterable[Exchange], sources: tuple[Said, ...]) -> float:
    """Return how many exchanges would be echoes if the adult's utterances came in any order.

    The mean over all orders, exactly: each utterance that follows an adult is compared with each
    of the ``sources``. A set of sources is the bits of one integer, so that this stays fast.
    """
    bits: dict[str, int] = {}
    for place, source in enumerate(sources):
        for word in frozenset(source.words):
            bits[word] = bits.get(word, 0) | 1 << place
    everything = (1 << len(sources)) - 1
    pairs = sum(_n_made_of(e.words, bits, everything) for e in exchanges if e.before is not None)
    return pairs / len(sources)


def _n_made_of(words: tuple[str, ...], bits: dict[str, int], everything: int) -> int:
    """Count the sources that hold at least 80 % of the words."""
    allowed = len(words) * (100 - MOST_PCT) // 100
    lacking = [everything] * (allowed + 1)  # at place m: the sources that lack at most m words so far
    for word in words:
        holds = bits.get(word, 0)
        for m in range(allowed, 0, -1):
            lacking[m] = lacking[m] & holds | lacking[m - 1]
        lacking[0] &= holds
    return lacking[-1].bit_count()


def _share(sample: Sample, counts: Callable[[Exchange], bool]) -> Finding:
    """Tell the share of the utterances with words that a test picks out."""
    if not sample.exchanges:
        return none(NO_UTTERANCE)
    found = tuple(e.index for e in sample.exchanges if counts(e))
    return Finding(100 * len(found) / len(sample.exchanges), len(sample.exchanges), utterances=found)


def _of_adults(sample: Sample, counts: Callable[[Exchange], bool]) -> Finding:
    has_adult = any(one.words and one.speaker in sample.adults for one in sample.said)
    return _share(sample, counts) if has_adult else none(NO_ADULT)


def _exact(sample: Sample) -> Finding:
    return _of_adults(sample, is_exact_echo)


def _partial(sample: Sample) -> Finding:
    return _of_adults(sample, lambda e: is_long(e) and is_echo(e))


def _one_word(sample: Sample) -> Finding:
    return _of_adults(sample, lambda e: not is_long(e) and is_echo(e))


def _above_chance(sample: Sample) -> Finding:
    found = _partial(sample)
    if found.value is None:
        return found
    sources = tuple(e.before for e in sample.exchanges if e.before is not None)
    if len(sources) < MINIMUM_ADULT_UTTERANCES:
        return none(FEW_ADULT)
    expected = expected_echoes(filter(is_long, sample.exchanges), sources)
    return Finding(found.value - 100 * expected / found.n, found.n, utterances=found.utterances)


def _self_repetition(sample: Sample) -> Finding:
    found = frozenset(e.index for e in self_repetitions(sample))
    return _share(sample, lambda e: e.index in found)


_POOL = "Utterances with unintelligible speech are left out; fillers and retraced words are not compared."
_VIEW = "Repeating can be a way to join in, to answer or to think."
_ALIKE = f"at least {MOST_PCT} % of"
_CHIP = "CLAN's CHIP (chip.cpp): overlap words / words of the response"

RULES = (
    MeasureRule(
        id="echo_exact_pct",
        title="Exact echoes",
        family=FAMILY,
        unit="%",
        n_unit="utterances",
        description="The share of the child's utterances that are, word for word, what an adult said directly before. "
        f"{_VIEW} {_POOL}",
        formula="100 × utterances equal to the adult's utterance on the line before / utterances with words; compared "
        "in small letters; lines without speech do not come between",
        source="Immediate echoes as in van Santen, J. P. H. et al. (2013), Autism Research 6, 372; CLAN's CHIP, $EXACT",
        function=_exact,
        needs=("child", "speakers", "partner"),
        no_value_when=(NO_ADULT, NO_UTTERANCE),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="echo_partial_pct",
        title="Echoes, exact or in part",
        family=FAMILY,
        unit="%",
        n_unit="utterances",
        description="The share of the child's utterances that have two or more words and are made of words which an "
        f"adult said directly before; exact echoes of two or more words count. {_VIEW} {_POOL}",
        formula=f"100 × utterances of two or more words with {_ALIKE} the words in the adult's utterance on the line "
        "before, in any order / utterances with words",
        source=f"{_CHIP}; van Santen, J. P. H. et al. (2013), Autism Research 6, 372",
        function=_partial,
        needs=("child", "speakers", "partner"),
        no_value_when=(NO_ADULT, NO_UTTERANCE),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="echo_one_word_pct",
        title="One-word utterances with an adult's word",
        family=FAMILY,
        unit="%",
        n_unit="utterances",
        description="The share of the child's utterances that are one word which an adult said directly before. Such "
        "overlap is ordinary (yes, ball), so it stands apart from echo_partial_pct; both together are all utterances "
        f"made of the adult's words. {_POOL}",
        formula="100 × utterances of one word that is in the adult's utterance on the line before / utterances with "
        "words",
        source=_CHIP,
        function=_one_word,
        needs=("child", "speakers", "partner"),
        no_value_when=(NO_ADULT, NO_UTTERANCE),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="echo_above_chance",
        title="Echoes above chance",
        family=FAMILY,
        unit="percentage points",
        n_unit="utterances",
        description="By how many percentage points echo_partial_pct lies above what chance would bring, were the "
        "adult's utterances in any other order. Near 0: the two share words because they talk about the same things. "
        f"{_VIEW} {_POOL}",
        formula="echo_partial_pct − its mean over all orders of the adult's utterances that stand directly before one "
        "of the child's (computed exactly, nothing is drawn at random)",
        source="Shuffled surrogates as in Duran, N. D., Paxton, A. & Fusaroli, R. (2019), ALIGN, Psychological "
        "Methods 24, 419",
        function=_above_chance,
        needs=("child", "speakers", "partner"),
        no_value_when=(NO_ADULT, NO_UTTERANCE, FEW_ADULT),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="self_repetition_pct",
        title="The child's own words again",
        family=FAMILY,
        unit="%",
        n_unit="utterances",
        description="The share of the child's utterances that have two or more words and say again one of the child's "
        "ten utterances before, when no adult asked a question or said the words in between. Repeating oneself can be "
        f"a way to insist, to play or to think. {_POOL}",
        formula=f"100 × utterances of two or more words that share {_ALIKE} the words of both with one of the child's "
        f"{WINDOW} utterances before / utterances with words",
        source="CLAN's CHIP, child self-repetitions (%csr), with exact and near-exact matches only; a window of ten "
        "utterances and the prompts are this project's",
        function=_self_repetition,
        needs=("child", "speakers"),
        no_value_when=(NO_UTTERANCE,),
        minimum_n=50,
        rough_n=25,
    ),
)
