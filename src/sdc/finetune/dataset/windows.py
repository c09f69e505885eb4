"""Runs of lines that a model can read whole: cut between utterances, never inside one.

A window does not end with the line of somebody else where the child's answer would be cut from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sdc.finetune.dataset.facts import Fact
from sdc.session import Utterance


@dataclass(frozen=True, slots=True)
class Window:
    """Some lines in a row, at least one of them the child's.

    Attributes
    ----------
    utterances : tuple[Utterance, ...]
    facts : tuple[Fact, ...]
        Those that can be seen in these lines.
    """

    utterances: tuple[Utterance, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """When a window is full.

    Attributes
    ----------
    max_utterances, max_facts : int
    fits : callable
        Whether a window is short enough for the model.
    """

    max_utterances: int
    max_facts: int
    fits: Callable[[Window], bool]

    def allow(self, window: Window) -> bool:
        """Whether a window is not too large; one line alone may hold more facts than several."""
        if len(window.utterances) > self.max_utterances:
            return False
        if len(window.facts) > self.max_facts and len(window.utterances) > 1:
            return False
        return self.fits(window)


def find_windows(
    utterances: Sequence[Utterance], facts: Sequence[Fact], child: str, limits: Limits
) -> tuple[list[Window], int]:
    """Cut a session into windows.

    Parameters
    ----------
    utterances : Sequence[Utterance]
        In order; each is in one window at most.
    facts : Sequence[Fact]
    child : str
        Code of the child.
    limits : Limits

    Returns
    -------
    tuple[list[Window], int]
        The windows that hold a line of the child, and how many lines are too long for any window.
    """
    by_line: dict[int, list[Fact]] = {}
    for fact in facts:
        by_line.setdefault(fact.utterance, []).append(fact)
    found: list[Window] = []
    n_too_long = 0
    lines: list[Utterance] = []
    for utterance in utterances:
        if limits.allow(_window([*lines, utterance], by_line)):
            lines.append(utterance)
            continue
        lines = _close(lines, found, by_line, child)
        if not limits.allow(_window([*lines, utterance], by_line)):
            lines = []
        if limits.allow(_window([*lines, utterance], by_line)):
            lines.append(utterance)
        else:
            n_too_long += 1
    _close(lines, found, by_line, child)
    return [window for window in found if any(u.speaker == child for u in window.utterances)], n_too_long


def _close(lines: list[Utterance], found: list[Window], by_line: dict[int, list[Fact]], child: str) -> list[Utterance]:
    """Keep a window; return the line that goes to the next one: the last, where it is somebody else's."""
    carried = [lines[-1]] if len(lines) > 1 and lines[-1].speaker != child else []
    kept = lines[: len(lines) - len(carried)]
    if kept:
        found.append(_window(kept, by_line))
    return carried


def _window(lines: Sequence[Utterance], by_line: dict[int, list[Fact]]) -> Window:
    there = {u.index for u in lines}
    facts = (f for u in lines for f in by_line.get(u.index, ()))
    return Window(tuple(lines), tuple(f for f in facts if f.needs is None or f.needs in there))
