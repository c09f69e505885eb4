"""Family *vocabulary*: how varied the words are, at a length that samples have in common.

``mattr_50``, ``hd_d`` and ``mtld`` take the words as written, so that transcripts with and
without a ``%mor`` tier compare; ``vocd_d`` takes lemmas, as CLAN does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample
from sdc.measures.vocabulary import FAMILY, mor_lines, word_lines

WINDOW = 50
"""Words in a window of MATTR."""

HD_D_DRAW = 42
"""Words in a draw of HD-D."""

VOCD_DRAWS = range(35, 51)
"""Words in a draw of VOCD."""

MTLD_RATIO = 0.72
"""Where a stretch of MTLD ends."""

MINIMUM = 50
FEWER_WORDS = f"fewer than {MINIMUM} words"
FEWER_LEMMAS = f"fewer than {MINIMUM} words on the %mor tier"
NONE_TWICE = "no word was said twice"

SOLVED = 1e-9
"""How near D is found, as a share of it."""

Diversity = Callable[[Sequence[str]], float | None]


def moving_ratio(words: Sequence[str], window: int) -> float:
    """Return the mean of types / tokens over all windows of so many words."""
    counts = Counter(words[:window])
    total = len(counts)
    for leaving, coming in zip(words, words[window:], strict=False):
        counts[coming] += 1
        counts[leaving] -= 1
        if not counts[leaving]:
            del counts[leaving]
        total += len(counts)
    return total / window / (len(words) - window + 1)


def expected_ratios(words: Sequence[str], draws: Iterable[int]) -> list[float]:
    """Return the types / tokens to expect when so many words are drawn at random without replacement.

    A word said f times among n is missing from a draw of N with the probability that the
    hypergeometric distribution gives to 0: ∏ (n − f − i) / (n − i), i from 0 to N − 1.
    """
    n = len(words)
    draws = list(draws)
    expected = [0.0] * (max(draws) + 1)
    for times, types in Counter(Counter(words).values()).items():
        missing = 1.0
        for drawn in range(1, len(expected)):
            missing *= (n - times - drawn + 1) / (n - drawn + 1)
            expected[drawn] += types * (1 - missing)
    return [expected[draw] / draw for draw in draws]


def fitted_d(ratios: dict[int, float]) -> float:
    """Return the D whose curve (D/N)(√(1 + 2N/D) − 1) comes nearest to types / tokens at each N.

    Each N alone has one D; the least sum of squares lies between the smallest and the largest
    of these, where its slope changes its sign.
    """
    alone = [n * ratio * ratio / (2 * (1 - ratio)) for n, ratio in ratios.items()]
    low, high = min(alone), max(alone)
    while high - low > SOLVED * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _slope(middle, ratios) < 0 else (low, middle)
    return (low + high) / 2


def _slope(d: float, ratios: dict[int, float]) -> float:
    """Return half the slope of the sum of squares over D."""
    total = 0.0
    for n, ratio in ratios.items():
        root = (1 + 2 * n / d) ** 0.5
        total += (d / n * (root - 1) - ratio) * ((root - 1) / n - 1 / (d * root))
    return total


def factors(words: Iterable[str]) -> float:
    """Return how often types / tokens falls to 0.72 and starts anew; the rest counts in part."""
    found, seen, n = 0.0, set[str](), 0
    for word in words:
        seen.add(word)
        n += 1
        if len(seen) <= MTLD_RATIO * n:
            found, seen, n = found + 1, set(), 0
    return found + (1 - len(seen) / n) / (1 - MTLD_RATIO) if n else found


def _mattr(words: Sequence[str]) -> float:
    return moving_ratio(words, WINDOW)


def _hd_d(words: Sequence[str]) -> float:
    return expected_ratios(words, [HD_D_DRAW])[0]


def _vocd(words: Sequence[str]) -> float | None:
    if len(set(words)) == len(words):
        return None
    return fitted_d(dict(zip(VOCD_DRAWS, expected_ratios(words, VOCD_DRAWS), strict=True)))


def _mtld(words: Sequence[str]) -> float | None:
    forward, backward = factors(words), factors(reversed(words))
    return len(words) * (1 / forward + 1 / backward) / 2 if forward and backward else None


def _on_words(measure: Diversity) -> Callable[[Sample], Finding]:
    def function(sample: Sample) -> Finding:
        return _found(measure, sample.small_words, FEWER_WORDS, word_lines(sample))

    return function


def _vocd_d(sample: Sample) -> Finding:
    return _found(_vocd, sample.lemmas, FEWER_LEMMAS, mor_lines(sample))


def _found(measure: Diversity, words: Sequence[str], few: str, lines: tuple[int, ...]) -> Finding:
    n = len(words)
    if n < MINIMUM:
        return none(few, n, lines)
    value = measure(words)
    return Finding(value, n, None if value is not None else NONE_TWICE, utterances=lines)


_rule = partial(MeasureRule, family=FAMILY, n_unit="words", minimum_n=100, rough_n=MINIMUM)

_AS_WRITTEN = "Words as written, in small letters; dog and dogs are two."
_MCCARTHY_JARVIS = "McCarthy, P. M. & Jarvis, S. (2010), Behavior Research Methods 42, 381"

RULES = (
    _rule(
        id="mattr_50",
        title="Type–token ratio over a moving window of 50 words",
        unit="types/token",
        description="Different words as a share of all words, taken over every stretch of 50 words and averaged, so "
        f"that samples of different length compare. {_AS_WRITTEN}",
        formula="mean over all windows of 50 words of (different words / 50)",
        source="Covington, M. A. & McFall, J. D. (2010), Journal of Quantitative Linguistics 17, 94",
        function=_on_words(_mattr),
        no_value_when=(FEWER_WORDS,),
    ),
    _rule(
        id="vocd_d",
        title="Lexical diversity D",
        unit="D",
        description="How varied the words are, whatever the length of the sample: the more different words turn up in "
        "small draws, the higher D. Taken over base forms from the %mor tier: dog and dogs are one, it's is it and be.",
        formula="D of the curve (D/N)(√(1 + 2N/D) − 1) that lies nearest, by least squares, to the different words / N "
        "to expect in draws of N = 35 … 50 words without replacement. The expectation is exact (hypergeometric); CLAN "
        "averages 100 random draws three times, so that its D varies from run to run",
        source="CLAN, VOCD: `vocd +t*CHI` (vocd/dcompute.cpp); McKee, G., Malvern, D. & Richards, B. (2000), Literary "
        "and Linguistic Computing 15, 323",
        function=_vocd_d,
        needs=("mor",),
        no_value_when=(FEWER_LEMMAS, NONE_TWICE),
    ),
    _rule(
        id="hd_d",
        title="Lexical diversity HD-D",
        unit="types/token",
        description="How many different words to expect among 42 words drawn from the sample, as a share of 42, "
        f"whatever the length of the sample. {_AS_WRITTEN}",
        formula="Σ over the different words of (1 − P(not among 42 drawn without replacement)) / 42, P hypergeometric",
        source=_MCCARTHY_JARVIS,
        function=_on_words(_hd_d),
        no_value_when=(FEWER_WORDS,),
    ),
    _rule(
        id="mtld",
        title="Lexical diversity MTLD",
        unit="words",
        description="How many words in a row, on average, hold so many different ones that these stay above 72 % of "
        f"them; higher is more varied. {_AS_WRITTEN}",
        formula="words / factors, mean of reading forward and backward; a factor ends where different words / words "
        "≤ 0.72; what is left over counts (1 − different words / words) / (1 − 0.72)",
        source=_MCCARTHY_JARVIS,
        function=_on_words(_mtld),
        no_value_when=(FEWER_WORDS, NONE_TWICE),
    ),
)
