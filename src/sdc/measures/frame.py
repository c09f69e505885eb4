"""Measures of many sessions as a table of pandas: one row a session, or one row a measure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sdc.errors import ExtraMissingError
from sdc.session import Analysis, Measure, Participant, Session, SpeakerAnalysis

if TYPE_CHECKING:
    import pandas as pd

ABOUT = ("source", "date", "context", "speaker", "name", "role", "age_months", "sex", "group", "n_utterances")
"""The columns that say which session and whose measures they are."""

LONG = ("measure", "value", "unit", "n", "n_unit", "sd", "reliability", "reason", "rule")
"""The columns of one measure, where each has a row."""

_TEXT = frozenset({*ABOUT, *LONG}) - {"age_months", "n_utterances", "value", "n", "sd"}


def to_frame(
    analysed: Iterable[tuple[Session, Analysis]], *, speaker: str | None = None, long: bool = False
) -> pd.DataFrame:
    """Return the measures of sessions as a table.

    Parameters
    ----------
    analysed : Iterable[tuple[Session, Analysis]]
    speaker : str, optional
        Whose measures; default: the child's of each session.
    long : bool
        One row a measure, with unit, n, spread and the reason where there is no value.

    Returns
    -------
    pandas.DataFrame
        ``ABOUT``, then a column for each measure, or ``LONG``. What is not known or could not be
        computed is ``<NA>``, never 0. A session in which that speaker says nothing has its row too.

    Raises
    ------
    ExtraMissingError
        pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ExtraMissingError(
            "Tables need pandas, which is not installed.",
            hint="Run `pip install 'speech-development-companion[pandas]'`.",
        ) from error
    rows = [row for session, analysis in analysed for row in _rows(session, analysis, speaker, long)]
    names = dict.fromkeys([*ABOUT, *(LONG if long else ()), *(name for row in rows for name in row)])
    columns = {
        name: pd.array([row.get(name) for row in rows], dtype="string" if name in _TEXT else "Float64")
        for name in names
    }
    frame = pd.DataFrame(columns)
    whole = {name: "Int64" for name in ("n_utterances", "n") if name in frame}
    return frame.astype(whole)


def _rows(session: Session, analysis: Analysis, speaker: str | None, long: bool) -> list[dict[str, Any]]:
    own = analysis.child if speaker is None else analysis.speakers.get(speaker)
    about = _about(session, own, speaker)
    measures = own.measures if own is not None else {}
    if long:
        return [about | _long(measure) for measure in measures.values()]
    return [about | {id_: measure.value for id_, measure in measures.items()}]


def _about(session: Session, own: SpeakerAnalysis | None, speaker: str | None) -> dict[str, Any]:
    code = own.code if own is not None else speaker
    person = (session.participant(code) if code else session.target) or Participant(code or "")
    return {
        "source": session.source,
        "date": session.date,
        "context": session.context,
        "speaker": person.code or None,
        "name": person.name,
        "role": own.role if own is not None else (person.role if person.code else None),
        "age_months": person.age.in_months if person.age else None,
        "sex": person.sex,
        "group": person.group,
        "n_utterances": sum(u.speaker == person.code for u in session.utterances),
    }


def _long(measure: Measure) -> dict[str, Any]:
    return {
        "measure": measure.id,
        "value": measure.value,
        "unit": measure.unit,
        "n": measure.n,
        "n_unit": measure.n_unit,
        "sd": measure.sd,
        "reliability": measure.reliability,
        "reason": measure.reason,
        "rule": measure.rule,
    }
