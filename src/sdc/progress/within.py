"""How far a value would move if the child had said other things on the same day: the error inside a session.

Utterances that follow each other are alike (a topic, a game), so they are resampled in blocks:
the moving-block bootstrap of Künsch 1989, Ann Stat 17:1217. The error *between* sessions is
larger as a rule, and is what verdicts rest on; see ``session_error``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sdc.measures.counting import Line, Piece
from sdc.measures.mazes import n_message_words
from sdc.measures.sample import Sample, count_lines
from sdc.progress.point import SessionPoint
from sdc.session import Session

BLOCK = 5
"""Utterances in a block (MEASURES, section 5, rule 1)."""

WITHIN_RULE = "block_bootstrap.v1"
"""Version of all that decides an error inside a session: block, replicates, seed, parts."""

REPLICATES = 1000
SEED = 1989
MINIMUM_UTTERANCES = 2 * BLOCK
"""Below two blocks nothing is resampled."""

AGREES = 1e-6
"""So closely the parts must give the measure's own value; else they are parts of something else."""

Part = tuple[float, float]
"""What one utterance adds above and below the fraction bar."""


def within_session_error(point: SessionPoint, measure_id: str) -> float | None:
    """Return the standard error of a measure inside one session.

    Parameters
    ----------
    point : SessionPoint
        With its utterances, or with the errors that were kept.
    measure_id : str

    Returns
    -------
    float or None
        In the measure's unit; None for a measure that is no mean or share over utterances, for
        fewer than ten utterances, and where the utterances do not give the stored value.
    """
    if point.within_errors is not None:
        return point.within_errors.get(measure_id)
    return within_session_errors(point, (measure_id,)).get(measure_id)


def within_session_errors(point: SessionPoint, measures: Iterable[str] | None = None) -> dict[str, float]:
    """Return the standard errors of some measures inside one session, resampled from its utterances.

    Parameters
    ----------
    point : SessionPoint
    measures : Iterable[str], optional
        Ids; default all that are means or shares over utterances.

    Returns
    -------
    dict[str, float]
        Without those that ``within_session_error`` gives none for.
    """
    wanted = {
        m: PARTS[m] for m in (PARTS if measures is None else measures) if m in PARTS and _value(point, m) is not None
    }
    if not wanted or point.target is None:
        return {}
    session = Session(point.source, utterances=point.child_utterances)
    sample = Sample(session, point.target, count_lines(session))
    found = {m: _error_of(list(parts_of(sample)), _value(point, m)) for m, parts_of in wanted.items()}
    return {m: error for m, error in found.items() if error is not None}


def _value(point: SessionPoint, measure_id: str) -> float | None:
    measure = point.measure(measure_id)
    return None if measure is None else measure.value


def _error_of(parts: Sequence[Part], value: float | None) -> float | None:
    whole = sum(above for above, _ in parts), sum(below for _, below in parts)
    if value is None or len(parts) < MINIMUM_UTTERANCES or not whole[1] or abs(whole[0] / whole[1] - value) > AGREES:
        return None
    return block_bootstrap_error(parts)


def block_bootstrap_error(parts: Sequence[Part], *, block: int = BLOCK, replicates: int = REPLICATES) -> float:
    """Return the standard error of ``sum(above) / sum(below)`` by the moving-block bootstrap.

    Parameters
    ----------
    parts : Sequence[tuple[float, float]]
        In the order in which they were said, at least ``block`` of them; ``below`` is positive in all.
    block : int
    replicates : int

    Returns
    -------
    float
        The same for the same parts: the random numbers have a fixed seed.
    """
    import numpy as np

    values = np.asarray(parts, dtype=float)
    n = len(values)
    n_blocks = -(-n // block)
    starts = np.random.default_rng(SEED).integers(0, n - block + 1, size=(replicates, n_blocks))
    # Sums over every block, by differences of running sums, so that no replicate is written out.
    running = np.vstack([np.zeros(2), np.cumsum(values, axis=0)])
    sums = (running[block:] - running[:-block])[starts].sum(axis=1)
    means = sums[:, 0] / sums[:, 1]
    return float(np.std(means, ddof=1))


def _lengths(pieces: Iterable[Piece]) -> list[Part]:
    by_line: dict[int, Part] = {}
    for piece in pieces:
        length, n = by_line.get(piece.line, (0.0, 0.0))
        by_line[piece.line] = (length + piece.length, n + piece.is_new)
    return [part for part in by_line.values() if part[1]]


def _shares(lines: Iterable[Line], share: Callable[[Line], tuple[int, int]]) -> list[Part]:
    counted = (share(line) for line in lines)
    return [(100.0 * part, float(whole)) for part, whole in counted if whole]


def _mazes(line: Line) -> tuple[int, int]:
    return line.n_maze_words, n_message_words(line) + line.n_maze_words


def _fillers(line: Line) -> tuple[int, int]:
    return line.n_fillers, n_message_words(line) + line.n_maze_words


def _understood(line: Line) -> tuple[int, int]:
    return int(line.n_unclear == 0), 1


def _understood_words(line: Line) -> tuple[int, int]:
    return len(line.words), len(line.words) + line.n_unclear


PARTS: dict[str, Callable[[Sample], list[Part]]] = {
    "mlu_words": lambda sample: _lengths(sample.analysed),
    "mlu_morphemes": lambda sample: _lengths(sample.morphemes),
    "maze_words_pct": lambda sample: _shares(sample.lines, _mazes),
    "filler_words_pct": lambda sample: _shares(sample.lines, _fillers),
    "intelligible_utterances_pct": lambda sample: _shares(sample.spoken, _understood),
    "intelligible_words_pct": lambda sample: _shares(sample.lines, _understood_words),
}
"""Measures that are a mean or a share over utterances, and what each utterance adds to it."""
