"""Pairs: what a transcript marks is told, and nothing else; lines are cut into windows, never shortened."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.companion import lint_wording
from sdc.companion.engines import Written
from sdc.companion.engines.claims import ClaimsOut
from sdc.companion.engines.one_message import one_message
from sdc.companion.grounding import figures
from sdc.companion.prompting import prompt_file
from sdc.companion.speech_prompt import shown, shown_lines
from sdc.companion.wording import QUOTED
from sdc.deidentify import Roster
from sdc.errors import EngineError, InputError
from sdc.finetune.dataset import sentences
from sdc.finetune.dataset.answer_pairs import answer_pairs
from sdc.finetune.dataset.facts import Fact, facts
from sdc.finetune.dataset.material import ChildMaterial, SessionMaterial
from sdc.finetune.dataset.measure_pairs import measure_pairs
from sdc.finetune.dataset.names import names_left
from sdc.finetune.dataset.recipe import Recipe
from sdc.finetune.dataset.sentences import fact_sentence, measure_sentence
from sdc.finetune.dataset.teacher import FELL_BACK, NOT_ANSWERED, taught
from sdc.finetune.dataset.transcript_pairs import Lines, transcript_pairs
from sdc.finetune.dataset.windows import Limits, find_windows
from sdc.formats.chat.reader import read_chat
from sdc.measures.analysis import analyse
from sdc.session import Claim, Utterance

TRANSCRIPT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Target_Child, MOT Mother
@ID:\teng|made|CHI|2;06.10|female|||Target_Child|||
@ID:\teng|made|MOT|||||Mother|||
@Date:\t02-MAR-2026
*MOT:\twant more juice ?
*CHI:\twant more juice .
*CHI:\ta noosh [: nose] &=laughs .
%act:\tpoints at the bear
*CHI:\t<I want> [/] I want &-um gonna [: going to] go .
*MOT:\twhere is the big ball ?
*CHI:\tthe big ball .
*CHI:\t<the do> [//] the dog xxx .
%com:\tthe child fails badly
*CHI:\tyes .
@End
"""


WHOLE = Recipe(quiet_every=1, max_facts=20)
"""Under which the transcript is one window."""


def material(text=TRANSCRIPT, number=1):
    session = read_chat(text.encode(), source="visit.cha")
    return SessionMaterial(number, session, analyse(session))


def line_pairs(recipe=None, left_out=None):
    lines = Lines("child-0001", material(), recipe or WHOLE)
    windows, n_too_long = lines.windows()
    return list(transcript_pairs(lines, windows, left_out if left_out is not None else Counter())), n_too_long


def test_what_is_marked():
    found = {(f.kind, f.utterance, f.said, f.other) for f in facts(material().session)}
    assert found == {
        ("echo", 1, "want more juice", "want more juice"),
        ("target_word", 2, "noosh", "nose"),
        ("event", 2, "", "laughs"),
        ("remark", 2, "", "points at the bear"),
        ("repetition", 3, "I want", ""),
        ("full_form", 3, "gonna", "going to"),
        ("partial_echo", 5, "the big ball", "where is the big ball"),
        ("revision", 6, "the do", ""),
    }  # not the remark that says what SDC does not say


def test_a_model_is_not_shown_what_it_is_to_tell():
    lines = shown_lines(material().session.utterances)
    assert "CHI: a noosh [laughs] . [%act: points at the bear]" in lines.splitlines()
    assert "CHI: I want I want um gonna go ." in lines.splitlines()
    assert "nose" not in lines
    assert "going to" not in lines


def test_a_pair_says_all_that_is_marked_and_quotes_nothing_else():
    (pair,), n_too_long = line_pairs()
    assert n_too_long == 0
    assert pair.prompt == prompt_file("speech")[1].replace("{transcript}", shown_lines(material().session.utterances))
    quoted = {text[1:-1] for text in QUOTED.findall(pair.output)}
    meant = {"nose", "going to"}
    assert meant <= quoted
    assert all(words in pair.prompt for words in quoted - meant)
    assert not list(figures(QUOTED.sub("", pair.output)))
    document = json.loads(pair.to_line("prompt"))
    assert document["metadata"]["age_months"] == 30
    assert document["metadata"]["kind"] == "lines"
    assert set(document["metadata"]["labels"]) >= {"echo", "target_word", "revision"}
    assert {"kind": "target_word", "utterance": 2, "said": "noosh", "other": "nose"} in document["metadata"]["facts"]
    talk = json.loads(pair.to_line("chat"))["messages"]
    assert talk == [{"role": "user", "content": pair.prompt}, {"role": "assistant", "content": pair.output}]


def test_where_nothing_is_marked_that_is_said():
    lines = Lines(
        "child-0001", material(TRANSCRIPT.partition("*MOT")[0] + "*CHI:\tthe cat .\n@End\n"), Recipe(quiet_every=1)
    )
    (pair,) = transcript_pairs(lines, lines.windows()[0], Counter())
    assert pair.output in sentences._book()["nothing"]
    left_out = Counter()
    none = list(transcript_pairs(replace(lines, recipe=Recipe(quiet_every=10**9)), lines.windows()[0], left_out))
    assert (none, sum(left_out.values())) == ([], 1)


def test_every_sentence_is_in_order():
    """Each template of each kind, filled in, holds no word that SDC does not say."""
    book = sentences._book()
    for kind in (
        "target_word",
        "full_form",
        "event",
        "remark",
        "sounds",
        "echo",
        "partial_echo",
        "repetition",
        "revision",
    ):
        told = {fact_sentence(Fact(kind, 0, "noosh", "nose"), seed) for seed in range(200)}
        assert len(told) == len(book[kind])
        assert "" not in told
    for text in (*book["nothing"], *(q for qs in book["question"].values() for q in qs)):
        assert not lint_wording(text), text


def test_a_sentence_out_of_order_is_not_told(monkeypatch):
    monkeypatch.setitem(sentences._book(), "nothing", ["The child fails."])
    lines = Lines("c", material(TRANSCRIPT.partition("*MOT")[0] + "*CHI:\tthe cat .\n@End\n"), Recipe(quiet_every=1))
    left_out = Counter()
    assert list(transcript_pairs(lines, lines.windows()[0], left_out)) == []
    assert left_out["no sentence about it is in order"] == 1


def test_windows_instead_of_silent_truncation():
    whole, _ = line_pairs()
    bound = replace(WHOLE, max_tokens=300, count=len)
    pairs, _ = line_pairs(bound)
    assert len(pairs) > len(whole) == 1
    assert all(bound.n_tokens(p.prompt, p.output) <= 300 for p in pairs)
    places = [i for p in pairs for i in range(p.metadata.lines[0], p.metadata.lines[1] + 1)]
    assert len(places) == len(set(places))
    narrow = replace(bound, count=lambda text: 3 * len(text))
    assert (
        line_pairs(narrow)[1] + sum(p.metadata.lines[1] - p.metadata.lines[0] + 1 for p in line_pairs(narrow)[0]) <= 8
    )
    assert line_pairs(narrow)[1] > 0


def test_tokens_too_few_to_hold_anything():
    with pytest.raises(InputError, match="at most 10 tokens"):
        Recipe(max_tokens=10)


speakers = st.lists(st.sampled_from(["CHI", "MOT"]), max_size=60)


@given(speakers, st.integers(1, 12), st.integers(1, 5), st.data())
def test_windows_hold_each_line_once(codes, most, few, data):
    utterances = [Utterance(i, code, "") for i, code in enumerate(codes)]
    marks = [Fact("event", i, "", str(i)) for i, code in enumerate(codes) if code == "CHI" and data.draw(st.booleans())]
    long = {i for i in range(len(codes)) if data.draw(st.integers(0, 9)) == 0}
    limits = Limits(most, few, lambda w: not (long & {u.index for u in w.utterances}))
    found, n_too_long = find_windows(utterances, marks, "CHI", limits)
    lines = [u.index for window in found for u in window.utterances]
    assert lines == sorted(set(lines))
    assert n_too_long == len(long)
    assert all(len(w.utterances) <= most for w in found)
    assert {i for i, code in enumerate(codes) if code == "CHI"} - long <= set(lines)
    assert {f.utterance for w in found for f in w.facts} == {f.utterance for f in marks} - long


def test_an_echo_is_told_only_where_the_adults_line_is_seen():
    utterances = [Utterance(0, "MOT", ""), Utterance(1, "CHI", "")]
    echo = Fact("echo", 1, "more", "more", needs=0)
    apart, _ = find_windows(utterances, [echo], "CHI", Limits(1, 9, lambda w: True))
    together, _ = find_windows(utterances, [echo], "CHI", Limits(2, 9, lambda w: True))
    assert [w.facts for w in apart] == [()]
    assert [w.facts for w in together] == [(echo,)]


def test_figures_of_measures_come_from_the_prompt():
    lines = Lines("child-0001", material(), WHOLE)
    windows, _ = lines.windows()
    (pair,) = measure_pairs(lines, windows, Counter())
    told = pair.prompt.partition("Measured on the whole recording:")[2]
    assert {f.text for f in figures(pair.output)} <= {f.text for f in figures(told)}
    assert "no value (" in told
    missing = next(m for m in lines.material.measures.values() if m.id == "response_latency_median")
    assert "no time codes" in measure_sentence(missing, 1)


def test_answers_are_asked_as_a_local_model_is_asked():
    later = TRANSCRIPT.replace("2;06.10", "2;08.10").replace("02-MAR-2026", "02-MAY-2026")
    child = ChildMaterial("child-0001", (material(), material(later, 2)), Roster())
    pairs = list(answer_pairs(child, Recipe(), Counter()))
    assert len(pairs) > 5
    head = one_message(type("P", (), {"instructions": prompt_file("answer")[1], "data": ""}), ClaimsOut)
    for pair in pairs:
        assert pair.prompt.startswith(head)
        claims = ClaimsOut.model_validate_json(pair.output).to_claims()
        assert len(claims) >= 1
        assert "2026" not in pair.prompt + pair.output


def test_a_name_that_is_left_is_seen():
    roster = Roster().with_person("Rosa Lind").with_name("Will", "person", any_case=False)
    (pair,), _ = line_pairs()
    assert not names_left(pair, roster)
    for text in ("say it to rosa .", "the Lind's dog", "call 0664 123 45 67", "Will you"):
        assert names_left(replace(pair, heard=(text,)), roster), text
    for text in ("PersonB says it", "will you", "rosary"):
        assert not names_left(replace(pair, heard=(text,)), roster), text


class ScriptedTeacher:
    """A writer that says what it was told to; it stands where a language model would."""

    engine, model, is_remote = "local", "scripted", False

    def __init__(self, write):
        self.write_claims, self.asked = write, []

    def write(self, prompt):
        self.asked.append(prompt)
        rows = json.loads(prompt.data.partition("<data>\n")[2].partition("\n</data>")[0])["marks"]
        return Written(tuple(self.write_claims(rows)), 10)


def all_quoted(rows):
    return [Claim("Marked are " + ", ".join(f"“{r['marked']}”" for r in rows) + ".", tuple(r["id"] for r in rows))]


def test_a_teacher_says_it_in_other_words():
    (pair,), _ = line_pairs()
    counted = Counter()
    teacher = ScriptedTeacher(all_quoted)
    words = taught(pair, teacher, counted)
    assert words.output.startswith("Marked are “want more juice”")
    assert words.metadata.source == "teacher"
    assert words.metadata.rules["teacher"] == "local:scripted"
    assert not counted
    assert prompt_file("teacher")[1] == teacher.asked[0].instructions


@pytest.mark.parametrize(
    "lie",
    [
        lambda rows: [],
        lambda rows: all_quoted(rows[:-1]),  # leaves a mark out
        lambda rows: [*all_quoted(rows), Claim("The child says “I love you”.", ("e1",))],
        lambda rows: [*all_quoted(rows), Claim("There were 7 words.", ("e1",))],
        lambda rows: [*all_quoted(rows), Claim("The child has a speech delay.", ("e1",))],
    ],
    ids=["nothing", "left out", "invented words", "invented figure", "a word not said"],
)
def test_what_a_teacher_makes_up_is_not_kept(lie):
    (pair,), _ = line_pairs()
    counted = Counter()
    assert taught(pair, ScriptedTeacher(lie), counted) == pair
    assert counted == {FELL_BACK: 1}


@pytest.mark.parametrize(
    ("code", "goes_on"), [("engine.answer", True), ("engine.unreachable", False), ("engine.refused", False)]
)
def test_a_teacher_that_does_not_answer(code, goes_on):
    (pair,), _ = line_pairs()

    def silent(rows):
        raise EngineError("No answer.", code=code)

    counted = Counter()
    if goes_on:
        assert taught(pair, ScriptedTeacher(silent), counted) == pair
        assert counted == {NOT_ANSWERED: 1}
    else:
        with pytest.raises(EngineError):
            taught(pair, ScriptedTeacher(silent), counted)


def test_marks_of_a_line_stay_one_line():
    session = read_chat(
        TRANSCRIPT.replace("points at the bear", "says “no” \x15100_200\x15 now").encode(), source="a.cha"
    )
    assert shown(session.utterances[2]).endswith("[%act: says no now]")
