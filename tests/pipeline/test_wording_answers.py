"""An answer in a model's words, from the question to the store: what leaves, what is kept, who answers otherwise."""

import json
from dataclasses import replace

import pytest

from fakes import openai_chat
from fakes.openai_chat import Reply, claims, fake_chat
from sdc.companion.engines import Filled, Written
from sdc.errors import ConsentError, EngineError, NotFoundError, QuestionError, SettingsError
from sdc.pipeline.deidentifying import add_name, text_without_names
from sdc.pipeline.intake import add_paths
from sdc.pipeline.language_models import check_language_model, language_model
from sdc.pipeline.parts import Given
from sdc.pipeline.wording_answers import answer_by
from sdc.session import Claim
from sdc.settings import Settings
from sdc.store.answers import TokenBudget
from sdc.store.consents import Purpose
from sdc.store.feedback import Pair

pytestmark = pytest.mark.usefixtures("only_loopback")

QUESTION = "How has Mia's sentence length changed from week 1 to week 2?"
LINES = {"a.cha": ("02-MAR-2026", "I gave Kermit to Rosa"), "b.cha": ("09-MAR-2026", "Bella rides the big bus")}


@pytest.fixture
def mia(app, tmp_path, cha):
    for name, (date, line) in LINES.items():
        (tmp_path / name).write_text(cha(date=date, line=line).decode().replace("MOT Mother", "MOT Rosa_Ruiz Mother"))
    add_paths(app, [tmp_path / name for name in LINES], "Mia", Given())
    child = app.repository.named_child("Mia")
    add_name(app, child, "Kermit", "person")
    return child


class Asked:
    """A model outside that writes what a function makes of the evidence handed over."""

    engine, model = "openai", "a-model"

    def __init__(self, write, *, is_remote=True):
        self.is_remote, self.prompts, self._write = is_remote, [], write

    def write(self, prompt):
        self.prompts.append(prompt)
        rows = json.loads(prompt.data.partition("<data>")[2].partition("</data>")[0])
        return Written(tuple(self._write(rows)), 1000)


def quoting(rows):
    """Quote the child, by the name that was handed over."""
    quotes = [e for e in rows["evidence"] if "quote" in e]
    return [Claim(f"{rows['child']} said “{e['quote']}”.", (e["id"],)) for e in quotes]


def lying(rows):
    return [Claim("The share was 41 %.", ("e1",))]


def allow(app, mia):
    app.consents.grant(mia.id, Purpose.CLOUD_LANGUAGE_MODEL, by="mother")


def ask(app, mia, writer, **named):
    return answer_by(app, mia.id, QUESTION, actor="cli", writer=writer, **{"engine": "openai", **named})


def approve(app, child, text, *, kind="change"):
    app.repository.pairs.keep(Pair(child.id, f"k{len(text)}", kind, "parent", "PersonX", "{}", text, True, "2026"))


def test_approved_texts_about_the_same_child_are_examples(app, mia):
    allow(app, mia)
    approve(app, mia, text_without_names(app, mia, "Mia said it in week 1 (2 March 2026) to Rosa."))
    approve(app, mia, "It was on 2 March 2026 that it changed.")
    approve(app, mia, "Of another kind.", kind="seen")
    approve(app, app.repository.add_child("Ben"), "About Ben, in week 1.")
    model = Asked(quoting)
    ask(app, mia, model)
    sent = model.prompts[0].data
    rows = json.loads(sent.removeprefix("<data>").removesuffix("</data>"))
    (example,) = rows["approved_examples"]
    assert example.endswith(".") and "said it in week 1 to Person" in example
    assert not any(word in sent for word in ("Mia", "Rosa", "2026", "Ben", "another kind"))
    near = Asked(quoting, is_remote=False)
    near.model = "near"
    ask(app, mia, near, engine="compatible")
    assert "Mia said it in week 1 to Rosa." in near.prompts[0].data


def test_without_the_familys_leave_nothing_goes_out(app, mia):
    model = Asked(quoting)
    with pytest.raises(ConsentError) as caught:
        ask(app, mia, model)
    assert caught.value.code == "consent.missing" and model.prompts == []
    allow(app, mia)
    app.consents.withdraw(mia.id, Purpose.CLOUD_LANGUAGE_MODEL, by="mother")
    with pytest.raises(ConsentError):
        ask(app, mia, model)
    assert model.prompts == [] and app.tokens.spent(mia.id) == 0
    assert "ask.cloud" not in [line.action for line in app.audit.lines()]


def test_the_settings_engine_leaves_it_to_the_rules_and_says_so(app, mia):
    with_engine = replace(app, settings=replace(app.settings, engine="openai"))
    model = Asked(quoting)
    answer = answer_by(with_engine, mia.id, QUESTION, actor="cli", writer=model)
    assert answer.engine == "rules" and model.prompts == []
    assert answer.note.startswith("Answered by rules: not done, since no consent is recorded")


def test_a_model_on_this_machine_needs_no_consent_and_no_pseudonyms(app, mia):
    model = Asked(quoting, is_remote=False)
    answer = ask(app, mia, model, engine="compatible")
    assert "Mia" in model.prompts[0].data and "Mia said “I gave Kermit to Rosa”." in answer.answer
    assert "ask.cloud" not in [line.action for line in app.audit.lines()]


def test_names_stay_and_come_back(app, mia):
    allow(app, mia)
    model = Asked(quoting)
    answer = ask(app, mia, model)
    sent = model.prompts[0].data + model.prompts[0].instructions
    assert not any(name in sent for name in ("Mia", "Kermit", "Rosa", "Ruiz", "2026", "March", mia.id))
    assert "Person" in sent
    assert answer.engine == "openai" and "Mia said “I gave Kermit to Rosa”." in answer.answer
    assert [line.action for line in app.audit.lines()].count("ask.cloud") == 1


def test_a_quotation_with_a_name_that_is_on_no_roster_stays_here(app, mia, tmp_path, cha):
    text = cha(date="16-MAR-2026", line="we saw Zelda there today in town").decode()
    (tmp_path / "c.cha").write_text(text)
    add_paths(app, [tmp_path / "c.cha"], mia, Given())
    allow(app, mia)
    model = Asked(quoting)
    answer = answer_by(
        app,
        mia.id,
        "How has the sentence length changed from week 1 to week 3?",
        actor="cli",
        engine="openai",
        writer=model,
    )
    assert "Zelda" in "".join(e.quote or "" for e in answer.evidence)
    assert "Zelda" not in model.prompts[0].data and "we saw" not in model.prompts[0].data


def test_of_a_question_only_plain_words_go_out(app, mia):
    allow(app, mia)
    model = Asked(quoting)
    question = "how has the sentence length changed with oma hilde since 2 March 2026?"
    answer_by(app, mia.id, question, actor="cli", engine="openai", writer=model)
    sent = json.loads(model.prompts[0].data.removeprefix("<data>").removesuffix("</data>"))["question"]
    assert not any(word in sent for word in ("oma", "hilde", "2026", "March")) and "sentence length" in sent


def test_the_same_question_costs_nothing_twice(app, mia):
    allow(app, mia)
    model = Asked(quoting)
    first, spent = ask(app, mia, model), app.tokens.spent(mia.id)
    assert ask(app, mia, model) == first and len(model.prompts) == 1 and app.tokens.spent(mia.id) == spent == 1000
    other = Asked(quoting)
    other.model = "another-model"
    ask(app, mia, other)
    assert len(other.prompts) == 1
    answer_by(app, mia.id, "How has the sentence length changed?", actor="cli", engine="openai", writer=model)
    assert len(model.prompts) == 2


def test_a_kept_answer_goes_by_the_checks_again(app, mia):
    allow(app, mia)
    model = Asked(quoting)
    answer = ask(app, mia, model)
    collection = app.documents
    (kept,) = collection.find("answers", {"child_id": mia.id})
    collection.replace_one("answers", {"_id": kept["_id"], "child_id": mia.id},
                           kept | {"claims": [{"text": "Mia is 41 %.", "evidence": ["e1"]}]})  # fmt: skip
    assert ask(app, mia, model) == answer and len(model.prompts) == 2


def test_a_withdrawal_holds_for_kept_answers_too(app, mia):
    allow(app, mia)
    ask(app, mia, Asked(quoting))
    app.consents.withdraw(mia.id, Purpose.CLOUD_LANGUAGE_MODEL, by="mother")
    with pytest.raises(ConsentError):
        ask(app, mia, Asked(quoting))


def test_a_model_of_whose_words_nothing_is_left(app, mia):
    allow(app, mia)
    answer = ask(app, mia, Asked(lying))
    assert answer.engine == "rules" and "41" not in answer.answer
    assert answer.note == "Answered by rules: no sentence of the language model passed the checks."
    assert app.documents.find_one("answers", {"child_id": mia.id}) is None


def test_the_days_tokens(app, mia):
    allow(app, mia)
    poor = replace(app, tokens=TokenBudget(app.documents, 3000))
    answer = ask(poor, mia, Asked(quoting))
    assert answer.note == "Answered by rules: the language model's tokens for this child are used up for today."
    assert poor.tokens.spent(mia.id) == 0


@pytest.mark.parametrize(("code", "kept"), [("engine.busy", False), ("engine.unreachable", True)])
def test_an_outage(app, mia, code, kept):
    def fails(rows):
        raise EngineError("The language model of openai is overloaded.", code=code)

    allow(app, mia)
    answer = ask(app, mia, Asked(fails))
    assert (answer.engine, answer.note) == ("rules", "Answered by rules: the language model of openai is overloaded.")
    assert answer.claims
    assert bool(app.tokens.spent(mia.id)) is kept  # what a request without an answer has cost is not known


def test_what_is_not_there_or_not_understood(app, mia):
    with pytest.raises(NotFoundError):
        answer_by(app, "none", QUESTION, actor="cli", engine="openai", writer=Asked(quoting))
    with pytest.raises(QuestionError):
        answer_by(app, mia.id, "Is she autistic?", actor="cli", engine="openai", writer=Asked(quoting))


def test_a_child_without_sessions_costs_nothing(app):
    child = app.repository.add_child("Nobody")
    model = Asked(quoting)
    answer = answer_by(app, child.id, "How has the fluency changed?", actor="cli", engine="openai", writer=model)
    assert answer.engine == "rules" and model.prompts == []


def test_over_http_to_a_server_on_this_machine(app, mia):
    drafted = answer_by(app, mia.id, QUESTION, actor="cli")
    quote = next(e for e in drafted.evidence if e.quote)
    told = (f"Mia said “{quote.quote}”.", [quote.id])
    with fake_chat(claims(told, ("The share was 41 %.", ["e1"])), claims(("It was 42 %.", ["e1"]))) as server:
        settings = replace(app.settings, engine="compatible", llm_url=server.url, llm_model="tiny")
        answer = answer_by(replace(app, settings=settings), mia.id, QUESTION, actor="cli")
    assert (answer.engine, answer.note, answer.verdict) == ("compatible", None, drafted.verdict)
    assert told[0] in answer.answer and "41" not in answer.answer and "42" not in answer.answer
    assert len(server.asked) == 2 and "not in its evidence: 41" in str(server.asked[1]["messages"])


def test_an_outage_over_http_is_answered_by_rules(app, mia):
    with fake_chat(Reply(status=401)) as server:
        settings = replace(app.settings, engine="compatible", llm_url=server.url, llm_model="tiny")
        answer = answer_by(replace(app, settings=settings), mia.id, QUESTION, actor="cli")
    assert answer.note == "Answered by rules: the language model of compatible does not accept the key."


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"engine": "gpt"}, "settings.engine"),
        ({"engine": "openai", "openai_api_key": "k"}, "settings.llm"),
        ({"engine": "openai", "llm_model": "m"}, "settings.llm"),
        ({"engine": "anthropic", "llm_model": "m"}, "settings.llm"),
        ({"engine": "compatible", "llm_model": "m"}, "settings.llm"),
        ({"engine": "openai", "llm_model": "m", "openai_api_key": "k"}, "settings.cloud"),
        ({"engine": "anthropic", "llm_model": "m", "anthropic_api_key": "k"}, "settings.cloud"),
        ({"engine": "compatible", "llm_model": "m", "llm_url": "https://llm.example/v1"}, "settings.cloud"),
        ({"engine": "compatible", "llm_model": "m", "llm_url": "http://llm.example/v1"}, "settings.llm"),
        ({"engine": "compatible", "llm_model": "m", "llm_url": "http://127.0.0.1.evil.example/v1"}, "settings.llm"),
        ({"engine": "compatible", "llm_model": "m", "llm_url": "http://127.0.0.1@evil.example/v1"}, "settings.llm"),
        ({"engine": "compatible", "llm_model": "m", "llm_url": "http://10.0.0.1/v1"}, "settings.llm"),
        ({"engine": "compatible", "llm_model": "m", "llm_url": "nonsense"}, "settings.llm"),
    ],
)
def test_an_engine_that_cannot_be_had_is_refused_when_the_application_is_put_together(tmp_path, given, code):
    with pytest.raises(SettingsError) as caught:
        check_language_model(Settings(home=tmp_path, **given))
    assert caught.value.code == code and caught.value.hint


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/v1", "http://localhost:1/v1", "http://[::1]:1/v1", "http://127.9.9.9/v1"]
)
def test_this_machine_is_known_by_its_address(tmp_path, url):
    writer = language_model(Settings(home=tmp_path, llm_url=url, llm_model="m"), "compatible")
    assert not writer.is_remote


def test_allowed_in_the_settings(tmp_path):
    settings = Settings(home=tmp_path, allow_cloud=True, llm_model="m", openai_api_key=openai_chat.KEY)
    writer = language_model(settings, "openai")
    assert writer.is_remote and openai_chat.KEY not in repr(writer) + repr(settings)


UNCLEAR = "Is Mia putting more words together these days, from week 1 to week 2?"
FORM = {"theme": "sentence length", "period": {"kind": "weeks", "first_week": 1, "last_week": 2}, "mode": "compare"}


class Reader(Asked):
    """A model that reads a question into this form, and then quotes the child."""

    def __init__(self, form, **more):
        super().__init__(quoting, **more)
        self._form, self.read = form, []

    def fill(self, prompt, form):
        self.read.append(prompt)
        if isinstance(self._form, EngineError):
            raise self._form
        return Filled(form.model_validate(self._form), 500)


def ask_unclear(app, mia, reader, question=UNCLEAR):
    return answer_by(app, mia.id, question, actor="cli", writer=reader, engine="compatible")


def test_a_question_that_the_rules_do_not_understand_is_read_by_the_model(app, mia):
    with pytest.raises(QuestionError):
        answer_by(app, mia.id, UNCLEAR, actor="cli")
    reader = Reader(FORM, is_remote=False)
    answer = ask_unclear(app, mia, reader)
    assert answer.measure == "mlu_words" and answer.question == UNCLEAR
    assert answer.note.startswith(
        "The language model read the question as: whether the sentence length changed, week 1 to"
    )
    assert app.tokens.spent(mia.id) == 500 + 1000
    rows = json.loads(reader.read[0].data.removeprefix("<data>").removesuffix("</data>"))
    assert rows["question"] == UNCLEAR
    assert "fluency" in rows["themes"] and "mlu_words" in rows["measures"]


def test_what_the_rules_understand_is_not_read_by_a_model(app, mia):
    reader = Reader(FORM, is_remote=False)
    assert answer_by(app, mia.id, QUESTION, actor="cli", writer=reader, engine="compatible").note is None
    assert reader.read == []


def test_outside_a_question_goes_without_names_and_with_leave_only(app, mia):
    reader = Reader(FORM)
    with pytest.raises(QuestionError):
        answer_by(app, mia.id, UNCLEAR, actor="cli", writer=reader, engine="openai")
    assert reader.read == [] and app.tokens.spent(mia.id) == 0
    allow(app, mia)
    asked = "Is Mia putting more words together with kermit and xanthippe these days?"
    answer_by(app, mia.id, asked, actor="cli", writer=reader, engine="openai")
    sent = reader.read[0].data
    assert "more words" in sent
    assert not any(word in sent.lower() for word in ("mia", "kermit", "xanthippe"))
    assert "ask.cloud" in [line.action for line in app.audit.lines()]


@pytest.mark.parametrize(
    "form",
    [
        {**FORM, "theme": None},
        {**FORM, "theme": "intelligence"},
        {**FORM, "measure": "mlu_words"},
        {**FORM, "theme": None, "measure": "jitter_local_pct"},
        {**FORM, "period": {"kind": "weeks"}},
        {**FORM, "period": {"kind": "last"}},
        EngineError("away", code="engine.unreachable"),
    ],
)
def test_a_form_that_makes_no_sense_asks_back_as_the_rules_do(app, mia, form):
    with pytest.raises(QuestionError) as caught:
        ask_unclear(app, mia, Reader(form, is_remote=False))
    assert caught.value.code == "question.unclear"


@pytest.mark.parametrize(
    "question",
    [
        "Is Tom putting more words together these days?",
        "Does Mia chatter as her brother's friends do?",
        "Is Mia's chatter a sign of autism?",
        "Will Mia chatter more?",
    ],
)
def test_a_model_opens_nothing_that_the_rules_refuse(app, mia, question):
    reader = Reader(FORM, is_remote=False)
    with pytest.raises(QuestionError):
        ask_unclear(app, mia, reader, question)
    assert reader.read == []


def test_how_a_question_was_read_stays_said_when_the_rules_answer(app, mia):
    class Away(Reader):
        def write(self, prompt):
            raise EngineError("The language model of x cannot be reached.", code="engine.unreachable")

    answer = ask_unclear(app, mia, Away(FORM, is_remote=False))
    assert answer.engine == "rules"
    assert "read the question as" in answer.note and "Answered by rules: the language model of x" in answer.note
