"""A question in plain English → what is asked, by rules. What is not understood is asked back, never guessed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sdc.companion.grounding import MONTHS
from sdc.companion.question_time import Period, find_period, leftover_time
from sdc.companion.relative_time import find_relative
from sdc.companion.wordbook import fill, listed, measures_in_words
from sdc.companion.wording import lint_wording
from sdc.errors import QuestionError
from sdc.measures.rule import Audience

MAX_QUESTION_CHARS = 500

_CHANGE = re.compile(
    r"\b(chang\w*|differ\w*|compar\w*|increas\w*|decreas\w*|grow\w*|grew|develop\w*|progress\w*|improv\w*|better|worse"
    r"|more|less|fewer|longer|shorter|higher|lower|faster|slower|clearer|richer|trend\w*|over time|vs|versus)\b",
    re.IGNORECASE,
)
_STEADY = re.compile(
    r"\b(steady|steadily|consistent\w*|gradual\w*|continuous\w*|trend\w*|over time"
    r"|over the (?:weeks|months|years|sessions))\b",
    re.IGNORECASE,
)
_OVER_ALL = re.compile(r"\bover the (?:weeks|months|years|sessions)\b", re.IGNORECASE)
_NOT_ANSWERED = re.compile(r"^\W*(why|when|where|who|should|will|would|shall)\b", re.IGNORECASE)
_ADULT = re.compile(
    r"\b((?:mother|mom|mum|mommy|mummy|father|dad|daddy|parent|adult|therapist|teacher|sister|brother)s?['’]s?"
    r"|my own|your)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:'’] )[A-Z][a-zà-ÿ]+\b")
_NO_NAMES = frozenset({"Sdc", "Hz", "English", "Please", "Thanks", "Has", "Is", "Are", "Do", "Does", "How", "What"})
_RATING = re.compile(r"(normal|abnormal|delay|behind|lag|deficit|impair|average|below|above)", re.IGNORECASE)
_REFUSED = frozenset({"diagnosis", "risk", "severity", "comparison", "emotion", "advice"})
_NO_THEME = re.compile(r"\bclear(?:ly)? (?=chang|differ|increas|decreas|trend)", re.IGNORECASE)


Mode = Literal["compare", "describe", "trend"]


@dataclass(frozen=True, slots=True)
class Theme:
    """What can be asked about; see ``themes.toml``."""

    name: str
    headline: tuple[str, ...]
    others: tuple[str, ...]
    quote: Literal["hesitant", "longest"]
    also: tuple[str, ...] = ()
    audience: Audience = "everyone"

    @property
    def measures(self) -> frozenset[str]:
        """All measures of the theme."""
        return frozenset((*self.headline, *self.others, *self.also))


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks.

    Attributes
    ----------
    question : str
        As asked.
    theme : Theme
        A single measure is a theme of its own.
    period : Period
    mode : {"compare", "describe", "trend"}
        ``trend``: whether it rises or falls steadily over the sessions of that time.
    """

    question: str
    theme: Theme
    period: Period
    mode: Mode


def parse_question(question: str, child: str | None = None, *, today: date | None = None) -> Query:
    """Read a question.

    Parameters
    ----------
    question : str
    child : str, optional
        The child's name; a question that names somebody else is asked back.
    today : date, optional
        What "last month" is counted from; without it such times are asked back.

    Returns
    -------
    Query

    Raises
    ------
    QuestionError
        The question is not understood, or asks what SDC does not say. The message asks back,
        the hint lists what can be asked.
    """
    text = may_be_asked(question, child)
    found = find_relative(text, today) if today is not None else None
    period, rest = found or find_period(text)
    theme, rest = _theme(rest)
    _check_rest(_OVER_ALL.sub(" ", rest), child)
    return Query(question, theme, period, _mode(text, period))


def may_be_asked(question: str, child: str | None) -> str:
    """Return a question's text without the child's name; ``QuestionError`` when it asks what SDC does not say."""
    text = " ".join(question.split())
    if not text or len(text) > MAX_QUESTION_CHARS:
        raise ask_back("too_long" if text else "empty")
    text = _without_name(text, child)
    if any(f.category in _REFUSED or _RATING.match(f.word) for f in lint_wording(text)):
        raise ask_back("never")
    if _NOT_ANSWERED.match(text):
        raise ask_back("kind")
    if other := _ADULT.search(text):
        raise ask_back("other_person", who=child or "the child", left=other.group())
    return text


def themes() -> tuple[Theme, ...]:
    """Return all themes that are answered."""
    return tuple(theme for theme in known_themes() if theme.audience == "everyone")


def known_themes() -> tuple[Theme, ...]:
    """Return all themes, also those that are for researchers and not answered."""
    return tuple(theme for theme, _ in _themes())


def _without_name(text: str, child: str | None) -> str:
    """Replace the child's name, which may look like anything, by a word that means nothing here."""
    for name in sorted({child or "", *(child or "").split()}, key=len, reverse=True):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "child", text, flags=re.IGNORECASE)
    return text


def _theme(text: str) -> tuple[Theme, str]:
    """Return what the text is about, and the text without the words that say it."""
    text = _NO_THEME.sub("", text)
    for measure_id in sorted(measures_in_words(), key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(measure_id)}(?!\w)", re.IGNORECASE)
        if pattern.search(text):
            return measure_theme(measure_id), pattern.sub(" ", text)
    for measure_id, pattern in _titles():
        if pattern.search(text):
            return measure_theme(measure_id), pattern.sub(" ", text)
    found = _found_themes(text)
    if any(theme.audience != "everyone" for theme, _ in found):
        raise ask_back("research")
    if len(found) > 1:
        raise ask_back("themes", found=listed([theme.name for theme, _ in found]))
    if not found:
        raise ask_back("theme")
    theme, pattern = found[0]
    return theme, pattern.sub(" ", text)


def measure_theme(measure_id: str) -> Theme:
    """Return a single measure as a theme of its own."""
    return Theme(measure_id, (measure_id,), (), "longest")


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the titles of measures by which they can be asked for, longest first; a theme's own words stay its own."""
    from sdc.measures import REGISTRY

    titles = [(REGISTRY[m].title, m) for m in measures_in_words() if m in REGISTRY]
    kept = [(t, m) for t, m in titles if " " in t and not any(p.fullmatch(t) for _, p in _themes())]
    return tuple((m, _pattern([t])) for t, m in sorted(kept, key=lambda pair: -len(pair[0])))


def _found_themes(text: str) -> list[tuple[Theme, re.Pattern[str]]]:
    """Return the themes that a text names; ``voice`` inside ``energy of voice`` names none of its own."""
    spans = {theme.name: [m.span() for m in pattern.finditer(text)] for theme, pattern in _themes()}
    longer = [span for found in spans.values() for span in found]

    def stands_alone(span: tuple[int, int]) -> bool:
        return not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in longer)

    return [(theme, p) for theme, p in _themes() if any(stands_alone(span) for span in spans[theme.name])]


def _check_rest(rest: str, child: str | None) -> None:
    """Ask back when a time or another person's name is left that nobody understood."""
    if left := leftover_time(rest):
        raise ask_back("time", time=True, left=left)
    refuse_other_names(rest, child)


def refuse_other_names(text: str, child: str | None) -> None:
    """Ask back when a text without the child's name holds what looks like another one; months are none."""
    names = [m.group() for m in _NAME.finditer(text) if m.group() not in _NO_NAMES and m.group() not in MONTHS]
    if child and names:
        raise ask_back("other_person", who=child, left=names[0])


def _mode(text: str, period: Period) -> Mode:
    if period.is_single:
        if re.search(r"\bcompar\w*", text, re.IGNORECASE):
            raise ask_back("single", time=True)
        return "describe"
    if _STEADY.search(text):
        return "trend"
    wide = period.kind != "all" and not period.is_month
    return "compare" if wide or _CHANGE.search(text) else "describe"


def ask_back(key: str, *, time: bool = False, **fields: object) -> QuestionError:
    """Return the question back for a key of ``ask_back`` in ``sentences.toml``; ``time`` hints at times to name."""
    if time:
        return QuestionError(fill("ask_back", key, **fields), hint=fill("ask_back", "time_can"))
    names = listed([theme.name for theme in themes()])
    code = "question.refused" if key in ("never", "kind", "other_person", "research") else None
    return QuestionError(fill("ask_back", key, **fields), code=code, hint=fill("ask_back", "can", themes=names))


@cache
def _themes() -> tuple[tuple[Theme, re.Pattern[str]], ...]:
    table = tomllib.loads(files("sdc.companion").joinpath("themes.toml").read_text(encoding="utf-8"))
    return tuple((_theme_of(name, t), _pattern(t["words"])) for name, t in table.items())


def _theme_of(name: str, row: dict[str, Any]) -> Theme:
    also, audience = tuple(row.get("also", ())), row.get("audience", "everyone")
    return Theme(name, tuple(row["headline"]), tuple(row["others"]), row["quote"], also, audience)


def _pattern(words: list[str]) -> re.Pattern[str]:
    shapes = [r"\s+".join(re.escape(w).replace(r"\*", r"\w*") for w in entry.split()) for entry in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(shapes, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
