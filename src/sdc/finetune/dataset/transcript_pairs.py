"""Pairs of lines: what a transcript marks in them, in sentences that say nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sdc.companion.speech_prompt import prompt_version, shown, shown_lines, speech_prompt
from sdc.companion.wording import lint_wording
from sdc.finetune.dataset.facts import facts
from sdc.finetune.dataset.material import SessionMaterial
from sdc.finetune.dataset.pair import Metadata, Pair
from sdc.finetune.dataset.recipe import Recipe
from sdc.finetune.dataset.sentences import fact_sentence, hash_of, nothing_sentence, sentences_version
from sdc.finetune.dataset.windows import Limits, Window, find_windows

MAX_CONTEXT = 80


@dataclass(frozen=True, slots=True)
class Lines:
    """The windows of one session and what is needed to tell of them."""

    child: str
    material: SessionMaterial
    recipe: Recipe

    def windows(self) -> tuple[list[Window], int]:
        """Return the session's windows, and how many lines are too long for any."""
        session = self.material.session
        target = session.target
        if target is None:
            return [], 0
        limits = Limits(
            self.recipe.max_utterances,
            self.recipe.max_facts,
            self._fits,
        )
        lines = [u for u in session.utterances if shown(u)]
        return find_windows(lines, facts(session), target.code, limits)

    def _fits(self, window: Window) -> bool:
        if self.recipe.max_tokens is None:
            return True
        return self.recipe.fits(speech_prompt(shown_lines(window.utterances)), self.output(window))

    def output(self, window: Window) -> str:
        """Return the sentences about a window; that nothing is marked where nothing is."""
        key = (self.recipe.seed, self.child, self.material.number)
        once = {
            (f.kind, f.said, f.other): f for f in reversed(window.facts)
        }  # the same remark under three lines is one
        told = (fact_sentence(f, *key, f.utterance, f.kind, f.said, f.other) for f in reversed(once.values()))
        return " ".join(filter(None, told)) if window.facts else nothing_sentence(*key, window.utterances[0].index)

    def pair(self, window: Window) -> Pair:
        """Return the pair of a window."""
        transcript, output = shown_lines(window.utterances), self.output(window)
        rules = {"prompt": prompt_version(), "sentences": sentences_version()}
        metadata = replace(
            of_session(self.child, "lines", self.material),
            labels=tuple(dict.fromkeys(f.kind for f in window.facts)),
            rules=rules,
            facts=tuple(f.to_dict() for f in window.facts),
            lines=(window.utterances[0].index, window.utterances[-1].index),
        )
        heard = (transcript, *(f.other for f in window.facts), metadata.context or "")
        return Pair(speech_prompt(transcript), output, metadata, heard, f"{transcript}\n{output}")


def of_session(child: str, kind: str, material: SessionMaterial) -> Metadata:
    """Return what is known of a session's pairs; an age in whole months, so that it points to nobody."""
    session = material.session
    age = session.target.age if session.target else None
    return Metadata(
        child,
        kind,
        "transcript",
        session=material.number,
        age_months=int(age.in_months) if age else None,
        context=_told_context(session.context),
        language=session.languages[0] if session.languages else None,
    )


def _told_context(context: str | None) -> str | None:
    """Return a situation that is told in a few words; what somebody wrote at length about a child is not handed on."""
    short = context is not None and len(context) <= MAX_CONTEXT and not lint_wording(context)
    return context if short else None


def transcript_pairs(lines: Lines, windows: Iterable[Window], left_out: Counter[str]) -> Iterator[Pair]:
    """Yield the pairs of a session's lines.

    Parameters
    ----------
    lines : Lines
    windows : Iterable[Window]
        Of these lines.
    left_out : Counter[str]
        Counts why lines and windows are left out.
    """
    key = (lines.recipe.seed, lines.child, lines.material.number, "quiet")
    for window in windows:
        first = window.utterances[0].index
        if not window.facts and hash_of(*key, first) % lines.recipe.quiet_every:
            left_out["nothing is marked in the lines, and one of several such is enough"] += 1
            continue
        pair = lines.pair(window)
        if pair.output:
            yield pair
        else:
            left_out["no sentence about it is in order"] += 1
