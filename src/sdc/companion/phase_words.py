"""A measure in the two phases of the work, in words: since when, both means, and whether they differ."""

from __future__ import annotations

from sdc.companion import wordbook
from sdc.companion.counted import change_words, per_cited
from sdc.companion.evidence import EvidenceBox
from sdc.companion.grounding import CHANGE
from sdc.companion.over_time import progress_claims, progress_sentences
from sdc.companion.selection import Line
from sdc.companion.wordbook import MeasureWords, say
from sdc.progress import MeanChange, MeasureProgress, Phases, SessionPoint
from sdc.session import Claim, Verdict

CHANGES: tuple[Verdict, ...] = ("increase", "decrease")


def told_sentences(found: MeasureProgress, line: Line) -> tuple[str, ...]:
    """Return what may be said of a measure over some sessions: of its phases where they reach into both, else of all.

    Parameters
    ----------
    found : MeasureProgress
    line : Sequence[Placed[SessionPoint]]
        The child's time line.

    Returns
    -------
    tuple[str, ...]
        Nothing for a measure that has no words or carries no verdict. Each sentence has passed the checks of
        grounding and wording.
    """
    return progress_sentences(found, line) if found.phases is None else phase_sentences(found, line)


def told_claims(found: MeasureProgress, line: Line, box: EvidenceBox) -> list[Claim]:
    """Return the sentences of ``told_sentences`` with their evidence, not checked yet; the day first, if known."""
    if found.phases is None:
        return progress_claims(found, line, box)
    began = phase_change_claim(found.phases, line, box)
    return [*([began] if began else []), *phase_claims(found, line, box)]


def phase_sentences(found: MeasureProgress, line: Line) -> tuple[str, ...]:
    """Return what may be said of a measure in two phases; see ``told_sentences``."""
    if change_words(found.measure) is None or not found.chosen or not line:
        return ()
    box = EvidenceBox()
    return tuple(claim.text for claim in wordbook.publishable(phase_claims(found, line, box), box.all))


def phase_change_sentence(found: MeasureProgress, line: Line) -> tuple[str, ...]:
    """Return the sentence that tells when the intervention began; nothing where it is not told by a day."""
    if found.phases is None or not found.chosen or change_words(found.measure) is None:
        return ()
    box = EvidenceBox()
    claim = phase_change_claim(found.phases, line, box)
    return () if claim is None else tuple(c.text for c in wordbook.publishable([claim], box.all))


def phase_change_claim(phases: Phases, line: Line, box: EvidenceBox) -> Claim | None:
    """Return when the intervention began, and how many recordings lie on each side; None without a day."""
    if phases.began is None or not line:
        return None
    day = wordbook.show_date(phases.began)
    n_before, n_after = len(phases.baseline), len(phases.intervention)
    text = say("phases", "began", date=day, before=n_before, after=n_after)
    later = line[-1].point
    cited = (
        box.day("intervention_began", phases.began),
        box.figure(later, "recordings_baseline", float(n_before)),
        box.figure(later, "recordings_intervention", float(n_after)),
    )
    return Claim(text, cited)


def phase_start_claims(began: str, verdict: Verdict, values: tuple[str, ...], box: EvidenceBox) -> list[Claim]:
    """Return that the intervention began between two recordings, and that a change between them tells no cause.

    Parameters
    ----------
    began : str
        ISO date.
    verdict : Verdict
        Of the two recordings.
    values : tuple[str, ...]
        Ids of the evidence of both values.
    box : EvidenceBox
    """
    text = say("phases", "began_between", date=wordbook.show_date(began))
    claims = [Claim(text, (box.day("intervention_began", began),))]
    return [*claims, Claim(say("phases", "no_cause"), values)] if verdict in CHANGES else claims


def phase_claims(found: MeasureProgress, line: Line, box: EvidenceBox) -> list[Claim]:
    """Return both means and their verdict with the evidence, not checked yet."""
    words, means = change_words(found.measure), found.means
    if words is None or means is None:
        return [Claim(say("phases", "nothing"), tuple(box.week(p) for p in line))]
    claims = [_means_claim(words, means, found.measure, line[-1].point, box)]
    if means.verdict in CHANGES:
        claims.append(Claim(say("phases", "no_cause"), claims[0].evidence))
    return claims


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
