"""The typed query as a form that anybody can fill in: a language model, a program. The rules check it.

``QueryForm.model_json_schema()`` is its JSON Schema. What the rules refuse of a question they
refuse of a form, too: a form never opens what a question does not.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sdc.companion.question import Mode, Query, Theme, ask_back, may_be_asked, measure_theme, refuse_other_names, themes
from sdc.companion.question_time import Day, Period
from sdc.companion.wordbook import measures_in_words

MAX_WEEK = 9999


class DayForm(BaseModel):
    """A day, or a month where no day is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int | None = Field(default=None, ge=1, le=9999, description="Null: the latest one that the sessions know.")
    month: int = Field(ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)


class PeriodForm(BaseModel):
    """The time asked for; all fields null but ``kind`` where no time was named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["all", "weeks", "days", "last", "first"] = Field(
        description="all: no time named; weeks: from 1, counted from the first session; last, first: one session."
    )
    first_week: int | None = Field(default=None, ge=1, le=MAX_WEEK)
    last_week: int | None = Field(default=None, ge=1, le=MAX_WEEK, description="Null: up to the last session.")
    first_day: DayForm | None = None
    last_day: DayForm | None = Field(default=None, description="Null: up to the last session.")


class QueryForm(BaseModel):
    """What a question about one child asks: a theme or one measure, a time, and what to do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: str | None = Field(default=None, description="A theme by its name; null where one measure is asked for.")
    measure: str | None = Field(default=None, description="A measure by its id; null where a theme is asked for.")
    period: PeriodForm
    mode: Mode


def query_from_form(question: str, form: QueryForm, child: str | None = None) -> Query:
    """Return the query that a filled form means.

    Parameters
    ----------
    question : str
        As asked; it is held against what SDC does not say.
    form : QueryForm
    child : str, optional
        The child's name.

    Raises
    ------
    QuestionError
        The question may not be asked; the form names no theme or measure that is answered, or
        both; its time contradicts itself; or it compares within one session.
    """
    refuse_other_names(may_be_asked(question, child), child)
    period = _period(form.period)
    if form.mode != "describe" and period.is_single:
        raise ask_back("single", time=True)
    return Query(question, _theme(form), period, form.mode)


def _theme(form: QueryForm) -> Theme:
    if (form.theme is None) == (form.measure is None):
        raise ask_back("theme")
    if form.measure is not None:
        if form.measure not in measures_in_words():
            raise ask_back("theme")
        return measure_theme(form.measure)
    found = next((theme for theme in themes() if theme.name == form.theme), None)
    if found is None:
        raise ask_back("theme")
    return found


def _period(form: PeriodForm) -> Period:
    weeks, days = (form.first_week, form.last_week), (form.first_day, form.last_day)
    given = {"weeks": weeks, "days": days}
    unwanted = [v for kind, values in given.items() if kind != form.kind for v in values if v is not None]
    if unwanted or (form.kind in given and given[form.kind][0] is None):
        raise ask_back("time", time=True, left=form.kind)
    if form.kind == "weeks" and weeks[0] is not None and weeks[1] is not None and weeks[1] < weeks[0]:
        weeks = (weeks[1], weeks[0])
    return Period(form.kind, *weeks, *(None if d is None else Day(d.month, d.day, d.year) for d in days))
