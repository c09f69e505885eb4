"""``%xasr``: what a speech recogniser tells of the stretch that an utterance came from.

A dependent tier of our own (CHAT leaves names that begin with ``x`` to the transcriber)::

    *UNK:	the dog ran . •0_1200•
    %xasr:	logprob -0.32 nospeech 0.02 compression 1.41

============= ========================================================================
word          number behind it (Radford et al. 2022, section 4.5)
============= ========================================================================
logprob       mean natural logarithm of the probabilities of the tokens, at most 0
nospeech      probability that nobody speaks in the window, 0 to 1
compression   length of the text over its length when zlib has packed it; high where it repeats
============= ========================================================================

They order a review queue; no measure is computed from them. Where an utterance comes from
several segments, the figures that most call for a look are kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdc.session import DependentTier, Utterance

if TYPE_CHECKING:
    from sdc.formats.recognised import RecognisedSegment

ASR_TIER = "xasr"

_WORDS = {"avg_logprob": "logprob", "no_speech_prob": "nospeech", "compression_ratio": "compression"}


@dataclass(frozen=True, slots=True)
class AsrFigures:
    """A recogniser's figures of one utterance; None where it gave none. The words: see the module."""

    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    compression_ratio: float | None = None


def asr_tier(segments: Iterable[RecognisedSegment]) -> tuple[DependentTier, ...]:
    """Return the tier of an utterance that came from these segments; none where they carry no figures."""
    sources = tuple(segments)
    figures = AsrFigures(
        _worst(min, (s.avg_logprob for s in sources)),
        _worst(max, (s.no_speech_prob for s in sources)),
        _worst(max, (s.compression_ratio for s in sources)),
    )
    told = ((word, getattr(figures, name)) for name, word in _WORDS.items())
    text = " ".join(f"{word} {value:.2f}" for word, value in told if value is not None)
    return (DependentTier(ASR_TIER, text),) if text else ()


def asr_figures(utterance: Utterance) -> AsrFigures | None:
    """Return the figures of an utterance's ``%xasr``; None where it has none that can be read."""
    tier = utterance.tier(ASR_TIER)
    words = tier.text.split() if tier else []
    names = {word: name for name, word in _WORDS.items()}
    pairs = zip(words[::2], words[1::2], strict=False)
    found = {names[word]: value for word, text in pairs if word in names and (value := _number(text)) is not None}
    return AsrFigures(**found) if found else None


def _worst(choose: Callable[..., float | None], values: Iterable[float | None]) -> float | None:
    return choose((v for v in values if v is not None and math.isfinite(v)), default=None)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
