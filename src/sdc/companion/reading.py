"""A question that the rules do not understand, read by a language model into the same typed query; checked by rules."""

from __future__ import annotations

from datetime import date

from sdc.companion import wordbook
from sdc.companion.engines import Prompt, Writer
from sdc.companion.grounding import MONTHS
from sdc.companion.prompting import Disguise, fenced, prompt_file
from sdc.companion.query_form import QueryForm, query_from_form
from sdc.companion.question import Query, may_be_asked, refuse_other_names, themes
from sdc.companion.question_time import Day, Period
from sdc.companion.wordbook import fill, measures_in_words


def question_prompt(question: str, disguise: Disguise, today: date) -> Prompt:
    """Return the prompt that asks a model what a question asks.

    Parameters
    ----------
    question : str
    disguise : Disguise
        What is hidden of it before a model sees it.
    today : date
    """
    version, instructions = prompt_file("question")
    names = {m: words.name for m in measures_in_words() if (words := wordbook.measure_words(m)) is not None}
    data = {
        "question": disguise.hide_question(question),
        "today": today.isoformat(),
        "themes": [theme.name for theme in themes()],
        "measures": names,
    }
    return Prompt(instructions, fenced(data), version)


def read_question(question: str, writer: Writer, disguise: Disguise, *, child: str | None, today: date) -> Query:
    """Let a model read a question.

    Parameters
    ----------
    question : str
    writer : Writer
    disguise : Disguise
    child : str or None
        The child's name.
    today : date

    Returns
    -------
    Query
        As the rules would have made it: the rules check the form.

    Raises
    ------
    QuestionError
        The question may not be asked, or the model did not understand it either.
    EngineError
        The model cannot be asked.
    """
    refuse_other_names(may_be_asked(question, child), child)  # before a model sees it
    filled = writer.fill(question_prompt(question, disguise, today), QueryForm)
    return query_from_form(question, filled.form, child)


def query_in_words(query: Query) -> str:
    """Return what a query asks, for people who check how they were understood."""
    words = wordbook.measure_words(query.theme.name)
    about = words.name if words is not None else query.theme.name
    return fill("query", query.mode, about=about, when=_period(query.period))


def _period(period: Period) -> str:
    if period.kind == "weeks":
        if period.is_single:
            return fill("query", "week", first=period.first_week)
        key = "since_week" if period.last_week is None else "weeks"
        return fill("query", key, first=period.first_week, last=period.last_week)
    if period.kind == "days" and period.first_day is not None:
        if period.is_single:
            return fill("query", "day", first=_day(period.first_day))
        last = None if period.last_day is None else _day(period.last_day)
        return fill("query", "since_day" if last is None else "days", first=_day(period.first_day), last=last)
    return fill("query", f"{period.kind}_recordings")


def _day(day: Day) -> str:
    parts = (str(day.day) if day.day else "", MONTHS[day.month - 1], str(day.year) if day.year else "")
    return " ".join(filter(None, parts))
