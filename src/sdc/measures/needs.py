"""What a sample has, and what is said where it lacks something that a measure needs."""

from __future__ import annotations

from collections.abc import Callable

from sdc.measures.rule import Need
from sdc.measures.sample import Sample
from sdc.session import UNKNOWN_SPEAKER, Session

ENGLISH = frozenset({"eng", "en", "en-US", "en-GB"})


def is_english(session: Session) -> bool:
    """Whether the session's first language is told to be English."""
    return bool(session.languages) and session.languages[0] in ENGLISH


def _has_mor(sample: Sample) -> bool:
    # As written: where no tier fits its main line, each rule says what it finds nothing of.
    own = (u for u in sample.session.utterances if u.speaker == sample.speaker)
    return any(utterance.tier("mor") is not None for utterance in own)


def _has_times(sample: Sample) -> bool:
    return any(line.utterance.span is not None for line in sample.lines)


def _has_sound(sample: Sample) -> bool:
    return sample.sound is not None


def _is_english(sample: Sample) -> bool:
    return is_english(sample.session)


def _is_verbatim(sample: Sample) -> bool:
    return not sample.is_recognised


def _has_speakers(sample: Sample) -> bool:
    return not (sample.is_recognised and sample.speaker == UNKNOWN_SPEAKER)


def _has_partner(sample: Sample) -> bool:
    return not sample.is_recognised or len(sample.session.speakers()) > 1


def _is_child(sample: Sample) -> bool:
    return sample.is_child


NEEDS: dict[Need, tuple[Callable[[Sample], bool], str]] = {
    "child": (_is_child, "told of the child only"),
    "speakers": (_has_speakers, "the speakers were not told apart"),
    "partner": (_has_partner, "only one speaker was transcribed"),
    "mor": (_has_mor, "no %mor tier"),
    "verbatim": (_is_verbatim, "a speech recogniser wrote the words down; it leaves out hesitations and repetitions"),
    "listener": (_is_verbatim, "a speech recogniser wrote the words down; it does not mark what it did not understand"),
    "times": (_has_times, "no time codes"),
    "sound": (_has_sound, "no recording"),
    "english": (_is_english, "syllables can be counted for English only"),
}
"""For each need: whether a sample has it, and the reason when it has not."""


def missing(sample: Sample, needs: tuple[Need, ...]) -> str | None:
    """Return the reason for the first need that the sample lacks; None when it lacks none."""
    return next((reason for need, (has, reason) in NEEDS.items() if need in needs and not has(sample)), None)
