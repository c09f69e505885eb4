"""Whose words they are. Whisper does not tell: docs/decisions/0004-who-spoke.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sdc.formats.languages import chat_language
from sdc.formats.recognised import tidy_times, to_utterances
from sdc.session import UNKNOWN_SPEAKER, Notice, Participant, Provenance, Session
from sdc.transcribe.transcript import Transcript

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.transcribe.speakers import Attribution

UNKNOWN = Participant(UNKNOWN_SPEAKER)
CHILD = Participant("CHI", "Target_Child")

ROLES = {"child": ("CHI", "Target_Child"), "adult": ("ADU", "Adult"), "other": ("OTH", "Other")}
"""Code and CHAT role of a voice whose role is known; a second voice in it is ADU2."""


def to_session(
    transcript: Transcript,
    recording: Recording,
    *,
    source: str,
    child_only: bool = False,
    speakers: Attribution | None = None,
) -> Session:
    """Make a session of recognised speech.

    Parameters
    ----------
    transcript : Transcript
    recording : Recording
        Where it was heard.
    source : str
        Name of the recording, for people.
    child_only : bool
        Somebody who knows says that only the child speaks; then the words are the child's.
    speakers : Attribution, optional
        Who spoke when.

    Returns
    -------
    Session
        ``CHI`` alone with ``child_only``. Else a participant for each voice: ``CHI``, ``ADU``, ``OTH``
        where its role is known, ``SP00``, ``SP01`` … (role ``Unidentified``) where it is not; ``UNK``
        where voices were not told apart. Words keep their times and probabilities; a word said
        twice stands twice.
    """
    # A word that Whisper puts over its segment's edge is moved to the edge, without a notice:
    # that is how Whisper is, and no damage.
    segments, _ = tidy_times(transcript.segments)
    people, n_unsure = {}, 0
    told = None if child_only else speakers
    if told is not None and _tells(told):
        from sdc.transcribe.speakers import give_words

        people = _participants(told)
        codes = {name: person.code for name, person in people.items()}
        segments, n_unsure = give_words(segments, told.diarization, codes)
    rest = CHILD if child_only else UNKNOWN
    utterances = to_utterances(segments, speaker=rest.code, language=transcript.language)
    spoke = {u.speaker for u in utterances}
    present = [p for p in people.values() if p.code in spoke]
    language = chat_language(transcript.language)
    if (rest.code in spoke or not present) and rest.code not in {p.code for p in present}:
        present.append(rest)
    notices = _speaker_notices(present, n_unsure, child_only, told) if utterances else ()
    return Session(
        source=source,
        languages=(language,) if language else (),
        participants=tuple(replace(p, language=p.language or language) for p in present),
        utterances=utterances,
        warnings=(*transcript.notices, *_notices(bool(utterances)), *notices),
        provenance=_provenance(transcript, recording, told if people else None),
    )


def _tells(speakers: Attribution) -> bool:
    """Whether there is something to tell: several voices, or one that is known."""
    return len(speakers.diarization.speakers) > 1 or bool(speakers.roles)


def _participants(speakers: Attribution) -> dict[str, Participant]:
    """Return the participant that each voice is: a child first, then in order of appearance."""
    found: dict[str, Participant] = {}
    codes: set[str] = set()
    names = speakers.diarization.speakers
    for number, name in enumerate(names):
        if name in speakers.participants:
            found[name] = speakers.participants[name]
            codes.add(found[name].code)
            continue
        code, role = ROLES.get(speakers.role(name).value, (f"SP{number:02d}", UNKNOWN.role))
        same = sum(c.startswith(code) for c in codes)
        code = f"{code}{same + 1}" if same else code
        codes.add(code)
        shown = name if name != code and re.fullmatch(r"[A-Za-z]\w{0,30}", name, re.ASCII) else None
        found[name] = Participant(code, role, shown)
    return dict(sorted(found.items(), key=lambda item: item[1].role != CHILD.role))


def _provenance(transcript: Transcript, recording: Recording, speakers: Attribution | None) -> tuple[Provenance, ...]:
    made = [recording.provenance, transcript.provenance]
    if speakers is not None:
        made += [speakers.diarization.provenance, speakers.provenance]
    return tuple(p for p in made if p is not None)


def _notices(heard: bool) -> Iterator[Notice]:
    if heard:
        yield Notice("transcribe.unchecked", "A recogniser wrote the words down; nobody has checked them.")
    else:
        yield Notice("transcribe.no-speech", "The recogniser heard no speech.")


def _speaker_notices(
    present: list[Participant], n_unsure: int, child_only: bool, told: Attribution | None
) -> Iterator[Notice]:
    if child_only:
        return
    if present == [UNKNOWN]:
        text = "Speakers were not told apart, so nothing is measured of the child alone."
        yield Notice("transcribe.no-speakers", text)
        return
    if told is not None and told.participants:
        codes = ", ".join(p.code for p in present)
        yield Notice("transcribe.speakers", f"Who spoke when ({codes}) is taken from a transcript's times.")
    else:
        yield Notice("transcribe.speakers", _who(present))
    if n_unsure:
        text = f"Whose {n_unsure} of the words are is uncertain: voices overlap there, or sound alike."
        yield Notice("transcribe.unsure-speakers", text)


def _who(present: list[Participant]) -> str:
    """Return what is known of who spoke, and that it is not checked."""
    unknown = [p.code for p in present if p.role == UNKNOWN.role]
    known = [p.code for p in present if p.role != UNKNOWN.role]
    text = f"Speakers ({', '.join([*known, *unknown])}) were told apart by machine, and nobody has checked it"
    if CHILD.code not in known:
        text += "; which of them is the child is not known, so nothing is measured of the child alone"
    return f"{text}. Measures of one speaker are provisional."
