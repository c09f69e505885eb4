"""The typed query as a form: what the rules refuse of a question they refuse of a form."""

import jsonschema
import pytest
from pydantic import ValidationError

from sdc.companion.query_form import QueryForm, query_from_form
from sdc.companion.question import parse_question
from sdc.companion.question_time import Day, Period
from sdc.errors import QuestionError

QUESTION = "How has Sarah's fluency changed from week 1 to week 5?"
WEEKS = {"kind": "weeks", "first_week": 1, "last_week": 5}


def query(question: str = QUESTION, **fields: object):
    filled = {"theme": "fluency", "period": WEEKS, "mode": "compare"} | fields
    return query_from_form(question, QueryForm.model_validate(filled), "Sarah")


def test_a_filled_form_is_the_query_that_the_rules_read():
    assert query() == parse_question(QUESTION, "Sarah")


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"kind": "all"}, Period()),
        ({"kind": "weeks", "first_week": 5, "last_week": 1}, Period("weeks", 1, 5)),
        ({"kind": "weeks", "first_week": 3}, Period("weeks", 3, None)),
        ({"kind": "days", "first_day": {"month": 3}}, Period("days", None, None, Day(3))),
        (
            {"kind": "days", "first_day": {"month": 3}, "last_day": {"year": 2026, "month": 4, "day": 2}},
            Period("days", None, None, Day(3), Day(4, 2, 2026)),
        ),
    ],
)
def test_times(period, expected):
    assert query(period=period).period == expected


def test_a_measure_is_a_theme_of_its_own():
    found = query(theme=None, measure="vocd_d", mode="trend")
    assert (found.theme.headline, found.mode) == (("vocd_d",), "trend")


@pytest.mark.parametrize(
    "fields",
    [
        {"theme": None},
        {"measure": "mlu_words"},  # a theme and a measure
        {"theme": "weather"},
        {"theme": "voice quality"},  # for researchers
        {"theme": None, "measure": "jitter_local_pct"},
        {"period": {"kind": "weeks"}},
        {"period": {"kind": "days"}},
        {"period": {"kind": "all", "first_week": 2}},
        {"period": {"kind": "weeks", "first_week": 1, "first_day": {"month": 3}}},
        {"period": {"kind": "last"}},  # compared with what?
        {"period": {"kind": "weeks", "first_week": 2, "last_week": 2}, "mode": "trend"},
        {"question": "Does Sarah have autism?"},
        {"question": "How is the mother's fluency?"},
        {"question": "Why has the fluency changed?"},
    ],
)
def test_what_contradicts_itself_or_may_not_be_asked(fields):
    with pytest.raises(QuestionError):
        query(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "foretell"},
        {"period": {"kind": "weeks", "first_week": 0}},
        {"period": {"kind": "days", "first_day": {"month": 13}}},
        {"verdict": "increase"},
    ],
)
def test_a_form_that_is_none_is_refused_by_its_schema_too(fields):
    filled = {"theme": "fluency", "period": WEEKS, "mode": "compare"} | fields
    with pytest.raises(ValidationError):
        QueryForm.model_validate(filled)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(filled, QueryForm.model_json_schema())
