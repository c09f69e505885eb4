"""How a question was read, in words; and a form filled in over real HTTP."""

import pytest

from fakes import openai_chat
from sdc.companion.engines import ModelOptions, Prompt, make_writer
from sdc.companion.query_form import QueryForm, query_from_form
from sdc.companion.reading import query_in_words

FORM = {"theme": "fluency", "period": {"kind": "all"}, "mode": "compare"}


@pytest.mark.parametrize(
    ("period", "mode", "words"),
    [
        ({"kind": "all"}, "compare", "whether the fluency changed, all recordings"),
        (
            {"kind": "weeks", "first_week": 1, "last_week": 5},
            "compare",
            "the fluency changed, week 1 to week 5",
        ),
        ({"kind": "weeks", "first_week": 3}, "trend", "the course of the fluency, since week 3"),
        ({"kind": "weeks", "first_week": 3, "last_week": 3}, "describe", "the fluency, week 3"),
        ({"kind": "days", "first_day": {"month": 3, "day": 2, "year": 2026}}, "compare", "since 2 March 2026"),
        (
            {"kind": "days", "first_day": {"month": 3}, "last_day": {"month": 5}},
            "compare",
            "whether the fluency changed, March to May",
        ),
        ({"kind": "last"}, "describe", "the fluency, the last recording"),
    ],
)
def test_words(period, mode, words):
    form = QueryForm.model_validate({**FORM, "period": period, "mode": mode})
    assert query_in_words(query_from_form("?", form)).endswith(words)


def test_a_measure_is_told_by_its_name():
    form = QueryForm.model_validate({**FORM, "theme": None, "measure": "mlu_words"})
    assert query_in_words(query_from_form("?", form)).startswith(
        "whether the words in an utterance, on average changed"
    )


def test_a_form_over_http(monkeypatch):
    from pydantic_ai import models

    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", True)
    with openai_chat.fake_chat(openai_chat.filled(FORM)) as service:
        writer = make_writer("compatible", ModelOptions(model="a-model", url=service.url))
        filled = writer.fill(Prompt("Fill in the form.", "<data>{}</data>", "test.1"), QueryForm)
    assert filled.form == QueryForm.model_validate(FORM)
    assert filled.n_tokens == 760
