"""All that families read is plain: templates, activities, consents, the dashboard's words, what is made of them."""

import json
import random
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from sdc.companion.activities import library
from sdc.companion.adult_side import AdultFact, adult_side
from sdc.companion.grounding import without_quotes
from sdc.companion.period import PeriodFacts, _book, tell_period
from sdc.companion.readability import ENOUGH_WORDS, MAX_GRADE, reading_faults, reading_grade
from sdc.demo import demo_transcripts
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.progress import SessionPoint, place, progress
from sdc.progress.goals import Standing
from sdc.session import Goal, Measure
from sdc.store.consents import Purpose, wording

WEB = Path(__file__).parents[2] / "web" / "src" / "texts" / "en"
FAMILY_PAGES = ("parent", "consents")
"""Files of the catalogue whose every text families read."""

CHOSEN = ("mlu_words", "ndw_100", "maze_words_pct")
FIELD = re.compile(r"\{\{?[^}]*\}?\}|<[^>]*>")


def test_the_grade_and_the_words_of_a_hard_text_are_named():
    hard = (
        "The longitudinal examination of communicative abilities necessitates repeated administration of standardised "
        "procedures, whereupon statistical comparison of consecutive observations facilitates interpretation of "
        "developmental trajectories and identification of meaningful differences between them."
    )
    faults = reading_faults(hard)
    assert faults[0].startswith("grade ")
    assert "a sentence of 30 words" in faults
    assert reading_faults("The mean utterance was longer.") == ("the word 'utterance'",)
    assert reading_faults("Two utterances.") == ("the word 'utterances'",)
    assert reading_faults("An unprecedented day.") == ("the word 'unprecedented'",)


def test_a_plain_text_has_no_fault():
    assert reading_faults("We played with a train today. Which activity do you like?") == ()
    assert reading_faults("Sentences were shorter") == ()  # a grade of three words says nothing
    assert reading_grade("Sentences were shorter") > MAX_GRADE
    assert reading_faults("") == ()


def plain_templates() -> dict[str, str]:
    """Texts that stand in files, each with a short word for what is filled in."""
    texts = {}
    for purpose in Purpose:
        words = wording(purpose)
        texts[f"consent {purpose}"] = f"{words.title}. {words.text}"
    for activity in library():
        texts[f"activity {activity.id}"] = " ".join((f"{activity.title}.", *activity.steps))
    told = tomllib.loads(files("sdc.reports").joinpath("sentences.toml").read_text(encoding="utf-8"))
    for group in ("letter", "letter_unknown"):
        texts |= {f"{group} {key}": FIELD.sub("Mia", text) for key, text in told[group].items()}
    return texts | period_templates()


def period_templates() -> dict[str, str]:
    book, texts = _book(), {}
    for key, template in book["parent"].items():
        for measure, words in book["plain"].items():
            filled = template.format_map({**dict.fromkeys(re.findall(r"\{(\w+)\}", template), "Mia"), **words})
            texts[f"period {key} {measure}"] = filled
    return texts


TEMPLATES = plain_templates()


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith("period")])
def test_templates_are_plain(name):
    assert reading_faults(TEMPLATES[name]) == ()


def test_sentences_of_the_account_are_plain():
    assert {t: f for n, t in TEMPLATES.items() if n.startswith("period") and (f := reading_faults(t))} == {}


def strings(node: object) -> list[str]:
    return [node] if isinstance(node, str) else [s for part in node.values() for s in strings(part)]


@pytest.mark.parametrize("page", FAMILY_PAGES)
def test_words_of_the_familys_pages_are_plain(page):
    texts = strings(json.loads((WEB / f"{page}.json").read_text(encoding="utf-8")))
    assert texts
    assert {text: f for text in texts if (f := reading_faults(FIELD.sub("Mia", text)))} == {}
    whole = " ".join(FIELD.sub("Mia", text).rstrip(".") + "." for text in texts)
    assert reading_grade(whole) <= MAX_GRADE


def note_faults(facts: PeriodFacts) -> list[object]:
    """What is hard in a whole note, the child's own words left out, and the grade of all of it."""
    sentences = [without_quotes(c.text) for i in tell_period(facts, "parent") for c in i.claims]
    found: list[object] = [(s, f) for s in sentences if (f := reading_faults(s))]
    note = " ".join(sentences)
    grade = reading_grade(note)
    assert len(note.split()) >= ENOUGH_WORDS
    return found + ([("whole", grade)] if grade > MAX_GRADE else [])


def test_what_the_family_of_the_demo_child_reads_is_plain():
    points, heard = [], []
    for number, path in enumerate(demo_transcripts(), 1):
        session = read_chat(path.read_bytes(), source=path.name)
        analysis = analyse(session)
        points.append(SessionPoint.of(f"s{number}", session, analysis.speakers[session.target.code].measures))
        heard.append(adult_side(session, analysis))
    line = place(points)
    assert any(heard)
    for n in range(1, len(line) + 1):
        facts = PeriodFacts(
            line[:n], line[:n], progress(points[:n], CHOSEN, chosen=CHOSEN), (), heard[n - 1], line[n - 1],
            library()[n], child="Sarah",
        )  # fmt: skip
        assert note_faults(facts) == []


STATES = ("met", "progressing", "not_yet", "cannot_tell")


def simulated(seed: int, point) -> PeriodFacts:
    """A child of chance: sessions, goals, adults, contexts, an activity."""
    chance = random.Random(seed)
    measures = [m for m in _book()["plain"] if m != "other"]
    goal_measure = chance.choice([*measures, "speech_rate"])
    context = chance.choice([None, "free play", "book reading"])
    points = [
        point(
            f"s{week}",
            f"2026-03-{1 + 7 * week:02}",
            context=context,
            recognised=chance.random() < 0.2,
            **{m: Measure(m, chance.uniform(0, 60), "unit", chance.choice([12, 60, 200]), f"{m}.v1") for m in measures},
        )
        for week in range(chance.randint(1, 4))
    ]
    chosen = (goal_measure, *chance.sample(measures, 2))
    goal = Goal("g1", "c1", "says more", "in play", goal_measure, 3.0, "at_least", "2026-12-24", baseline=2.0)
    state = chance.choice(STATES)
    reason = chance.choice(["few_sessions", "no_error", "within_error"]) if state == "cannot_tell" else None
    standing = Standing(goal, state, 2.9, 0.4, 2, ("s0",), 0.6, reason=reason)
    adults = tuple(
        AdultFact(kind, f"adult.{kind}.v1", float(chance.randint(1, 90)), chance.randint(10, 200), (0,))
        for kind in chance.sample(["wait_time", "expansions", "comments", "responsiveness"], 3)
    )
    line = place(points)
    return PeriodFacts(
        line, line, progress(points, chosen, chosen=chosen), (standing,), adults, line[-1],
        chance.choice(library()), chance.random() < 0.5, child="Mia",
    )  # fmt: skip


def test_what_families_of_simulated_children_read_is_plain(point):
    hard = {seed: faults for seed in range(120) if (faults := note_faults(simulated(seed, point)))}
    assert hard == {}
