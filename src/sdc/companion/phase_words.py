"""A measure in the two phases of the work, in words: both means, and whether they differ."""

from __future__ import annotations

from sdc.companion import wordbook
from sdc.companion.counted import change_words, per_cited
from sdc.companion.evidence import EvidenceBox
from sdc.companion.grounding import CHANGE
from sdc.companion.selection import Line
from sdc.companion.wordbook import MeasureWords, say
from sdc.progress import MeanChange, MeasureProgress, SessionPoint
from sdc.session import Claim


def phase_sentences(found: MeasureProgress, line: Line) -> tuple[str, ...]:
    """Return what may be said of a measure in two phases.

    Parameters
    ----------
    found : MeasureProgress
        With phases.
    line : Sequence[Placed[SessionPoint]]
        The child's time line.

    Returns
    -------
    tuple[str, ...]
        Nothing for a measure that has no words, carries no verdict, or has no error. Each sentence has passed
        the checks of grounding and wording.
    """
    words, means = change_words(found.measure), found.means
    if words is None or not found.chosen or not line:
        return ()
    box, later = EvidenceBox(), line[-1].point
    if means is None:
        claims = [Claim(say("phases", "nothing"), tuple(box.week(p) for p in line))]
    else:
        claims = [_means_claim(words, means, found.measure, later, box)]
        if means.verdict in ("increase", "decrease"):
            claims.append(Claim(say("phases", "no_cause"), claims[0].evidence))
    return tuple(claim.text for claim in wordbook.publishable(claims, box.all))


def _means_claim(words: MeasureWords, means: MeanChange, measure: str, later: SessionPoint, box: EvidenceBox) -> Claim:
    difference, threshold = words.amounts(means.difference, means.threshold)
    text = say(
        "phases",
        means.verdict,
        name=words.name,
        first=words.number(means.first),
        second=words.number(means.second),
        k_first=means.k_first,
        k_second=means.k_second,
        difference=difference,
        threshold=threshold,
    )
    cited = [
        box.figure(later, f"{measure}.mean_baseline", means.first, means.k_first),
        box.figure(later, f"{measure}.mean_intervention", means.second, means.k_second),
        box.figure(later, f"{measure}.phases{CHANGE}", means.difference),
        box.figure(later, f"{measure}.phases.mdc95", means.threshold),
        *per_cited(measure, later, box),
    ]
    return Claim(text, tuple(cited))
