"""What a person should look at and decide: other forms of words, pronouns, phrases used as a whole.

Candidates, not measures: a rule finds them, somebody who knows the child tells what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdc.errors import SDCError
from sdc.measures.approximations import approximations
from sdc.measures.delayed_echo import RecurringPhrase, recurring_phrases, script_matches
from sdc.measures.needs import is_english
from sdc.measures.pronouns import person_pronouns
from sdc.measures.sample import Sample, count_lines
from sdc.pipeline.parts import Report
from sdc.session import Session

SCHEMA = "sdc.candidates/1"


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found in the sessions of one child.

    Attributes
    ----------
    samples : tuple[Sample, ...]
        The child's side of each session, in the order given.
    phrases : tuple[RecurringPhrase, ...]
        Said in several sessions, or in the list of scripts.
    failures : tuple[SDCError, ...]
    """

    samples: tuple[Sample, ...]
    phrases: tuple[RecurringPhrase, ...]
    failures: tuple[SDCError, ...]

    def document(self) -> dict[str, Any]:
        """Return everything as ``sdc candidates --format json`` writes it."""
        phrases = [
            {
                "phrase": " ".join(p.words),
                "n_sessions": p.n_sessions,
                "places": [self._place(p, n) for n in range(len(p.places))],
            }
            for p in self.phrases
        ]
        sessions = [session_document(sample) for sample in self.samples]
        failures = [error.to_dict() for error in self.failures]
        return {"schema": SCHEMA, "sessions": sessions, "phrases": phrases, "failures": failures}

    def _place(self, phrase: RecurringPhrase, number: int) -> dict[str, Any]:
        place = phrase.places[number]
        session = self.samples[place.session].session
        return {"source": session.source, **utterance_document(session, place.utterance)}


def session_document(sample: Sample) -> dict[str, Any]:
    """Return the candidates of one session as JSON."""
    session = sample.session
    pronouns = person_pronouns(sample) if is_english(session) else None
    return {
        "source": session.source,
        "date": session.date,
        "speaker": sample.speaker,
        "approximations": [
            {"said": a.said, "target": a.target, "code": a.code, **utterance_document(session, a.utterance)}
            for a in approximations(sample)
        ],
        "pronouns": pronouns
        and {
            "n_first": pronouns.n_first,
            "n_second": pronouns.n_second,
            "candidates": [
                {"word": c.word, "pattern": c.pattern, **utterance_document(session, c.utterance)}
                for c in pronouns.candidates
            ],
        },
    }


def utterance_document(session: Session, index: int) -> dict[str, Any]:
    """Return where an utterance stands and what it is."""
    utterance = session.utterances[index]
    return {"utterance": index, "line": utterance.line, "text": utterance.raw}


def find_candidates(
    paths: Sequence[Path],
    *,
    speaker: str | None = None,
    scripts: Sequence[str] = (),
    on_progress: Report | None = None,
) -> Candidates:
    """Look through transcripts of one child.

    Parameters
    ----------
    paths : Sequence[Path]
        Files and folders.
    speaker : str, optional
        Default: each session's target child.
    scripts : Sequence[str]
        Phrases to look for (lines of songs, books, films); without them, what recurs in
        several sessions.
    on_progress : callable, optional

    Returns
    -------
    Candidates
        A file that cannot be read, or in which the speaker does not speak, is a failure; the rest goes on.
    """
    samples, failures = [], []
    found, missing = _inputs(paths)
    failures += missing
    for number, (path, source) in enumerate(found):
        if on_progress is not None:
            on_progress(source, number / len(found))
        try:
            samples.append(_sample(path, source, speaker))
        except SDCError as error:
            failures.append(error)
    phrases = script_matches(samples, scripts) if scripts else recurring_phrases(samples)
    return Candidates(tuple(samples), phrases, tuple(failures))


def _inputs(paths: Sequence[Path]) -> tuple[list[tuple[Path, str]], list[SDCError]]:
    from sdc.formats import find_inputs

    found: list[tuple[Path, str]] = []
    failures: list[SDCError] = []
    for path in paths:
        try:
            found += find_inputs([path])
        except SDCError as error:
            failures.append(error)
    return found, failures


def _sample(path: Path, source: str, speaker: str | None) -> Sample:
    from sdc.errors import InputError
    from sdc.formats import read_path

    session = read_path(path, source=source)
    code = speaker or (session.target.code if session.target else None)
    if code is None or code not in session.speakers():
        what = f"Nobody with the code {code} speaks here." if code else "No speaker is the target child."
        hint = f"Name one with --speaker: {', '.join(session.speakers()) or 'nobody speaks'}."
        raise InputError(what, code="session.no-speaker", hint=hint, source=source)
    return Sample(session, code, count_lines(session))
