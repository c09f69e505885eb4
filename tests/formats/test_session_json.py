import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.errors import TranscriptJsonError
from sdc.formats.session_json import (
    SCHEMA_FILE,
    dump_session,
    is_session_json,
    load_session,
    schema_text,
    session_schema,
)
from sdc.session import (
    Age,
    DependentTier,
    Header,
    Media,
    Notice,
    Participant,
    Provenance,
    Scope,
    ScopeKind,
    Session,
    TimeSpan,
    Token,
    TokenKind,
    Utterance,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
maybe = st.none() | texts
numbers = st.none() | st.integers(1, 10**6)
spans = st.none() | st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(lambda t: TimeSpan(*sorted(t)))
floats = st.none() | st.floats(0, 1e6)
tokens = st.builds(Token, texts, st.sampled_from(TokenKind), texts, maybe, numbers, spans, floats)
tiers = st.lists(st.builds(DependentTier, texts, texts, numbers), max_size=2).map(tuple)


@st.composite
def utterances(draw: st.DrawFn, index: int) -> Utterance:
    said = tuple(draw(st.lists(tokens, max_size=3)))
    scopes = []
    if said:
        edge = st.integers(0, len(said) - 1)
        scopes = draw(st.lists(st.builds(Scope, st.sampled_from(ScopeKind), edge, edge, texts, texts), max_size=2))
    return Utterance(
        index=index,
        speaker=draw(texts),
        raw=draw(texts),
        tokens=said,
        scopes=tuple(scopes),
        postcodes=tuple(draw(st.lists(texts, max_size=2))),
        language=draw(maybe),
        span=draw(spans),
        line=draw(numbers),
        tiers=draw(tiers),
    )


ages = st.none() | st.builds(Age, st.integers(0, 99), numbers, numbers)
people = st.builds(Participant, texts, texts, maybe, ages, *[maybe] * 7)
media = st.none() | st.builds(Media, texts, st.sampled_from(["audio", "video"]), maybe, floats, maybe)
provenance = st.builds(Provenance, texts, texts, texts, maybe, maybe, st.dictionaries(texts, texts, max_size=2))


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    def some(items: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(items, max_size=2)))

    count = draw(st.integers(0, 3))
    return Session(
        source=draw(texts),
        date=draw(st.none() | st.dates().map(lambda d: d.isoformat())),
        languages=some(texts),
        participants=some(people),
        utterances=tuple(draw(utterances(i)) for i in range(count)),
        media=draw(media),
        context=draw(maybe),
        headers=some(st.builds(Header, texts, texts, numbers, st.integers(0, 3))),
        warnings=some(st.builds(Notice, texts, texts, numbers)),
        provenance=some(provenance),
    )


@given(sessions())
def test_json_to_session_to_json_is_the_identity(session: Session) -> None:
    text = dump_session(session)
    assert load_session(text, source="x") == session
    assert dump_session(load_session(text.encode(), source="x")) == text
    jsonschema.validate(json.loads(text), session_schema())


@pytest.fixture()
def loaded(chat: Callable[..., Session]) -> dict[str, Any]:
    session = chat("@Date:\t05-NOV-2020", "*CHI:\tthe [/] the dog . \u00151_2\u0015", "%com:\tx")
    result: dict[str, Any] = json.loads(dump_session(session))
    return result


def test_every_field_is_written(loaded: dict[str, Any]) -> None:
    assert loaded["schema"] == "sdc.session/1"
    assert loaded["media"] is None
    assert is_session_json(loaded)
    assert set(loaded["utterances"][0]) == set(Utterance.__dataclass_fields__)


def test_fields_with_a_default_may_be_left_out() -> None:
    assert load_session('{"schema": "sdc.session/1", "source": "a"}', source="x") == Session("a")


def test_committed_schema_is_what_the_record_says() -> None:
    committed = resources.files("sdc.formats").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    assert committed == schema_text(), (
        'stale: python -c "from sdc.formats.session_json import write_schema; write_schema()"'
    )
    jsonschema.Draft202012Validator.check_schema(json.loads(committed))


def refused(data: Any) -> TranscriptJsonError:
    with pytest.raises(TranscriptJsonError) as caught:
        load_session(data if isinstance(data, str) else json.dumps(data), source="x.json")
    assert caught.value.source == "x.json" and caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    "place",
    [(), ("participants", 0), ("utterances", 0), ("utterances", 0, "tokens", 0), ("utterances", 0, "span")],
)
def test_unknown_fields_are_refused_by_name(loaded: dict[str, Any], place: tuple[Any, ...]) -> None:
    node = loaded
    for key in place:
        node = node[key]
    node["mood"] = "happy"
    error = refused(loaded)
    assert error.code == "json.invalid"
    assert ".".join(map(str, (*place, "mood"))) in error.message
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(loaded, session_schema())


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        (("source",), None, "source"),
        (("date",), "yesterday", "date"),
        (("date",), 5, "date"),
        (("utterances", 0, "index"), 7, "utterances.0.index"),
        (("utterances", 0, "index"), "0", "utterances.0.index"),
        (("utterances", 0, "scopes", 0, "last"), 99, "utterances.0"),
        (("utterances", 0, "scopes", 0, "kind"), "sarcasm", "scopes.0.kind"),
        (("utterances", 0, "span"), {"start_ms": 5, "end_ms": 1}, "utterances.0"),
        (("utterances", 0, "tokens"), "the dog", "utterances.0.tokens"),
        (("media",), {"name": "x", "kind": "film"}, "media"),
    ],
)
def test_wrong_values_are_refused_with_their_place(
    loaded: dict[str, Any], place: tuple[Any, ...], value: Any, named: str
) -> None:
    node = loaded
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    error = refused(loaded)
    assert error.code == "json.invalid"
    assert named in error.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json.not-json"),
        ('{"schema": "sdc.session/1", "source": NaN}', "json.not-json"),
        ('{"schema": "sdc.session/1", "source": 1e999}', "json.not-json"),
        ("[" * 100_000, "json.not-json"),
        ("[]", "json.unknown-shape"),
        ('{"source": "x"}', "json.unknown-shape"),
        ('{"schema": "sdc.analysis/1"}', "json.unknown-shape"),
        ('{"schema": "sdc.session/2", "source": "x"}', "json.wrong-version"),
        ('{"schema": "sdc.session/1"}', "json.invalid"),
        ('{"schema": "sdc.session/1", "source": "\\ud800"}', "json.invalid"),
    ],
)
def test_what_is_no_session_is_refused(text: str, code: str) -> None:
    assert refused(text).code == code


def test_nan_is_never_written() -> None:
    session = Session("x", media=Media("m", "audio", duration_s=float("nan")))
    with pytest.raises(ValueError, match="JSON compliant"):
        dump_session(session)


@given(
    st.text(max_size=40)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | texts,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["utterances", "source", "x"]), inner)
        ),
        max_leaves=5,
    ).map(lambda value: json.dumps({"schema": "sdc.session/1", "source": "x", "utterances": value}))
)
def test_any_text_is_a_session_or_one_error(text: str) -> None:
    try:
        load_session(text, source="x")
    except TranscriptJsonError as error:
        assert error.code.startswith("json.")
