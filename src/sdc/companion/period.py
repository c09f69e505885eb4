"""The account of a session or a period: one fact base, told to a therapist or to a parent.

Strengths first, then what changed and how sure that is, where to listen, what the adults did that
can be coached, one idea to try at home, questions to ask each other, and what is not known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from sdc.companion import wordbook
from sdc.companion.activities import Activity
from sdc.companion.adult_side import AdultFact
from sdc.companion.comparison import week_of, when
from sdc.companion.evidence import EvidenceBox
from sdc.companion.insights import ENGINE, ENGINE_VERSION
from sdc.companion.phase_words import told_claims
from sdc.companion.quotes import MAX_QUOTE_WORDS, Quote, longest_quote, spoken
from sdc.progress import MeasureProgress, Placed, SessionPoint
from sdc.progress.goals import Standing
from sdc.session import Claim, Insight, InsightKind, Provenance, Verdict

Voice = Literal["therapist", "parent"]

ALWAYS_TOLD: frozenset[InsightKind] = frozenset({"change", "caveat"})
"""Kinds that stay although their topic was dismissed once: what changed and what is not known must not vanish."""

FEW_UTTERANCES = 50
MAX_ADULT: Mapping[Voice, int] = {"therapist": 4, "parent": 2}
MAX_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What is known of some sessions of a child.

    Attributes
    ----------
    line : tuple[Placed[SessionPoint], ...]
        The child's whole time line.
    inside : tuple[Placed[SessionPoint], ...]
        The sessions of the period, oldest first; not empty.
    changes : tuple[MeasureProgress, ...]
        The chosen measures over the period, or up to the only session of it.
    goals : tuple[Standing, ...]
        Open goals.
    adults : tuple[AdultFact, ...]
        What the adults did in ``heard``.
    heard : Placed[SessionPoint] or None
        The latest session of the period of which something is known about the adults.
    activity : Activity or None
        To try at home.
    has_tried : bool
        Whether the family has told of an activity that it tried.
    dismissed : frozenset[str]
        Topics that the therapist dismissed.
    child : str or None
        The child's name.
    """

    line: tuple[Placed[SessionPoint], ...]
    inside: tuple[Placed[SessionPoint], ...]
    changes: tuple[MeasureProgress, ...] = ()
    goals: tuple[Standing, ...] = ()
    adults: tuple[AdultFact, ...] = ()
    heard: Placed[SessionPoint] | None = None
    activity: Activity | None = None
    has_tried: bool = False
    dismissed: frozenset[str] = field(default_factory=frozenset)
    child: str | None = None


def tell_period(facts: PeriodFacts, voice: Voice) -> tuple[Insight, ...]:
    """Tell the facts in a voice.

    Parameters
    ----------
    facts : PeriodFacts
    voice : {"therapist", "parent"}
        To parents no figure of a change, no score and no measure for researchers is told.

    Returns
    -------
    tuple[Insight, ...]
        Strengths, changes, where to listen, adults, idea, questions, caveats; all drafts, each
        sentence grounded and well worded.
    """
    teller = _Teller(facts, voice)
    drafts = [
        *teller.strengths(),
        *teller.changes(),
        *teller.listen(),
        *teller.adults(),
        *teller.idea(),
        *teller.questions(),
        *teller.caveats(),
    ]
    kept = [d for d in drafts if d.kind in ALWAYS_TOLD or d.topic not in facts.dismissed]
    shown = [c for draft in kept if (c := _checked(draft)) is not None]
    return tuple(replace(insight, id=f"p{number}") for number, insight in enumerate(shown, 1))


class _Teller:
    """Makes the drafts of one voice."""

    def __init__(self, facts: PeriodFacts, voice: Voice) -> None:
        self.facts, self.voice = facts, voice
        self.who = wordbook.who(facts.child)

    def strengths(self) -> list[Insight]:
        """Tell the child's longest utterance, then goals that are met or nearer."""
        found = self._longest
        drafts = [self._quoted("strength", "quote", *found)] if found else []
        good = [s for s in self.facts.goals if s.status in ("met", "progressing")]
        return [*drafts, *(self._goal(s, "strength") for s in good)]

    def changes(self) -> list[Insight]:
        """Tell the verdicts, then the other goals."""
        drafts = [d for found in self.facts.changes if (d := self._change(found)) is not None]
        others = [s for s in self.facts.goals if s.status not in ("met", "progressing")]
        return [*drafts, *(self._goal(s, "change") for s in others)]

    def listen(self) -> list[Insight]:
        """Tell another utterance of the child's, and a place where an adult builds on the child's words."""
        longest = self._longest
        places = ((p, q) for p in reversed(self.facts.inside) if (q := longest_quote(p.point)) is not None)
        other = next(((p, q) for p, q in places if (p, q) != longest), None)
        drafts = [self._quoted("listen", "listen", *other)] if other else []
        built = self._built_on()
        return [*drafts, *([self._quoted("listen", "listen_adult", *built, about="adult")] if built else [])]

    @cached_property
    def _longest(self) -> tuple[Placed[SessionPoint], Quote] | None:
        return _longest_of(self.facts.inside)

    def _built_on(self) -> tuple[Placed[SessionPoint], Quote] | None:
        heard = self.facts.heard
        where = next((a.utterances for a in self.facts.adults if a.kind == "expansions"), ())
        if heard is None:
            return None
        lines = {u.index: u for u in heard.point.utterances}
        told = [(i, words) for i in where if i in lines and (words := spoken(lines[i]))]
        quotes = [Quote(i, words) for i, words in told if len(words.split()) <= MAX_QUOTE_WORDS]
        return (heard, quotes[0]) if quotes else None

    def adults(self) -> list[Insight]:
        """Tell what the adults did, the first few facts."""
        heard = self.facts.heard
        if heard is None:
            return []
        # To a parent it is no news that something did not happen.
        told = [fact for fact in self.facts.adults if fact.value or self.voice == "therapist"]
        return [self._adult(fact, heard) for fact in told[: MAX_ADULT[self.voice]]]

    def _adult(self, fact: AdultFact, heard: Placed[SessionPoint]) -> Insight:
        box = EvidenceBox()
        cited = box.place(heard.point, fact.figure, fact.value, fact.n, fact.utterances)
        value = f"{fact.value:.1f}" if fact.kind in ("wait_time", "responsiveness") else f"{fact.value:.0f}"
        text = self._say(fact.kind, value=value, n=fact.n, who=self.who)
        return _draft("adult", [Claim(text, (cited,))], box, about=fact.kind)

    def idea(self) -> list[Insight]:
        """Tell one activity."""
        activity = self.facts.activity
        if activity is None:
            return []
        box, latest = EvidenceBox(), self.facts.inside[-1]
        text = self._say("idea", title=activity.title, steps=" ".join(activity.steps))
        return [_draft("idea", [Claim(text, (box.week(latest),))], box, about=activity.trains)]

    def questions(self) -> list[Insight]:
        """Tell what to ask each other, from what is open."""
        keys = [key for key, asked in self._open_questions().items() if asked][:MAX_QUESTIONS]
        drafts = []
        for key in keys:
            box = EvidenceBox()
            claim = Claim(self._say(key), (box.week(self.facts.inside[-1]),))
            drafts.append(_draft("question", [claim], box, about=key))
        return drafts

    def _open_questions(self) -> dict[str, bool]:
        left_out = {p.left_out for found in self.facts.changes for p in found.points if p.left_out}
        return {
            "q_decrease": any(f.verdict == "decrease" and _is_drop(f) for f in self.facts.changes),
            "q_context": "other_context" in left_out or any(f.context_unknown for f in self.facts.changes),
            "q_sample": "too_few" in left_out or self._is_small(),
            "q_tried": self.facts.has_tried,
            "q_goals": not self.facts.goals,
            "q_usual": True,
        }

    def caveats(self) -> list[Insight]:
        """Tell what is not known."""
        latest = self.facts.inside[-1]
        box, claims = EvidenceBox(), []
        if latest.point.recognised:
            claims.append(Claim(self._say("recognised"), (box.week(latest),)))
        small = latest.point.measure("mlu_words")
        if small is not None and self._is_small():
            claims.append(Claim(self._say("small", n=small.n), (box.measure(latest.point, "mlu_words"),)))
        if not any(p.point.measures for p in self.facts.inside):
            claims.append(Claim(self._say("nothing"), (box.week(latest),)))
        return [_draft("caveat", claims, box)] if claims else []

    def _is_small(self) -> bool:
        found = self.facts.inside[-1].point.measure("mlu_words")
        return found is not None and found.n is not None and found.n < FEW_UTTERANCES

    def _change(self, found: MeasureProgress) -> Insight | None:
        box, ids = EvidenceBox(), {p.session_id for p in found.points}
        line = [p for p in self.facts.line if p.point.session_id in ids]
        claims = told_claims(found, line, box)
        if found.comparison is None or not claims or not found.used:
            return None
        if self.voice == "parent":
            cited = tuple(dict.fromkeys(i for claim in claims for i in claim.evidence))
            claims = [*self._work_began(found, cited), Claim(self._plain(found.measure, found.verdict), cited)]
        return _draft("change", claims, box, found.measure, found.verdict)

    def _work_began(self, found: MeasureProgress, cited: tuple[str, ...]) -> list[Claim]:
        """Tell a parent which recordings are held against which, where a therapist stated the day."""
        if found.phases is None or found.phases.began is None:
            return []
        return [Claim(self._say("began", date=wordbook.show_date(found.phases.began)), cited)]

    def _plain(self, measure: str, verdict: Verdict) -> str:
        words = _book()["plain"]
        return self._say(verdict, **words.get(measure, words["other"]))

    def _goal(self, standing: Standing, kind: InsightKind) -> Insight:
        """Tell where the child stands; the goal's own words where they pass the checks, else the measure's name."""
        box, goal = EvidenceBox(), standing.goal
        words = wordbook.measure_words(goal.measure)
        name = words.name if words else "the measure that was chosen"
        cited = self._goal_evidence(standing, box)
        for told in (goal.behaviour.rstrip("."), f"about {name}"):
            claim = Claim(self._goal_text(standing, told), cited)
            if wordbook.publishable([claim], box.all):
                break
        return _draft(kind, [claim], box, goal.measure)

    def _goal_text(self, standing: Standing, told: str) -> str:
        goal = standing.goal
        why = self._say(standing.reason) if standing.reason else ""
        fields = {
            "mean": _number(standing.mean),
            "margin": _number(standing.margin),
            "baseline": _number(goal.baseline),
            "criterion": _number(goal.criterion),
        }
        return self._say(f"goal_{standing.status}", goal=told, who=self.who, why=why.lower(), **fields)

    def _goal_evidence(self, standing: Standing, box: EvidenceBox) -> tuple[str, ...]:
        goal, point = standing.goal, self.facts.inside[-1].point
        known = {
            ".goal_mean": standing.mean,
            ".goal_margin": standing.margin,
            ".goal_baseline": goal.baseline,
            ".goal_criterion": goal.criterion,
        }
        return tuple(
            box.figure(point, goal.measure + name, value, standing.n_sessions)
            for name, value in known.items()
            if value is not None
        )

    def _quoted(
        self, kind: InsightKind, key: str, placed: Placed[SessionPoint], quote: Quote, about: str = ""
    ) -> Insight:
        box = EvidenceBox()
        cited = (box.week(placed), box.quote(placed.point, quote.index, quote.words))
        name = when if self.voice == "therapist" else week_of
        text = self._say(key, when=name(placed), who=self.who, quote=quote.words)
        return _draft(kind, [Claim(text, cited)], box, about=about)

    def _say(self, key: str, **fields: object) -> str:
        template: str = _book()[self.voice][key]
        return wordbook.capital(template.format(**fields))


def _is_drop(found: MeasureProgress) -> bool:
    """Whether a lower figure asks for a reason: fewer hesitations and echoes do not."""
    return not found.measure.startswith(("maze", "filler", "echo", "self_repetition"))


def _longest_of(inside: Sequence[Placed[SessionPoint]]) -> tuple[Placed[SessionPoint], Quote] | None:
    """Return the child's longest utterance of some sessions; the latest of equals."""
    found = [(p, q) for p in inside if (q := longest_quote(p.point)) is not None]
    return max(reversed(found), key=lambda pair: len(pair[1].words.split()), default=None)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _draft(
    kind: InsightKind,
    claims: Sequence[Claim],
    box: EvidenceBox,
    measure: str | None = None,
    verdict: Verdict | None = None,
    *,
    about: str = "",
) -> Insight:
    made = Provenance("insight", ENGINE, ENGINE_VERSION)
    return Insight("", kind, tuple(claims), box.all, measure, verdict, provenance=(made,), about=about)


def _checked(draft: Insight) -> Insight | None:
    """Drop what is not grounded or not well worded; a verdict stands only with all of its sentences."""
    claims = wordbook.publishable(draft.claims, draft.evidence)
    if not claims or (draft.verdict is not None and len(claims) < len(draft.claims)):
        return None
    return replace(draft, claims=claims)


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files("sdc.companion").joinpath("period_sentences.toml").read_text(encoding="utf-8"))
