"""The card of a data set: what is in it, where it comes from, who agreed, what was left out and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from statistics import median
from typing import Any

from sdc.finetune.dataset.folder import CARD, CARD_TEXT, SCHEMA
from sdc.finetune.dataset.material import ChildMaterial, SessionMaterial
from sdc.finetune.dataset.pair import Pair
from sdc.finetune.dataset.recipe import Recipe
from sdc.session import Session, TokenKind


@dataclass(frozen=True, slots=True)
class Consented:
    """Who agreed that the texts are used for training.

    Attributes
    ----------
    basis : str
        One sentence: recorded consents, or what whoever built it states.
    n_children : int or None
        Whose consent is recorded; None: not known here.
    n_refused : dict[str, int]
        Why children were left out, and how many.
    """

    basis: str
    n_children: int | None = None
    n_refused: dict[str, int] | None = None

    @property
    def is_recorded(self) -> bool:
        """Whether a store holds the consents, so that it can be asked again before the texts go anywhere."""
        return self.n_children is not None


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much there is: children, sessions, the child's words, seconds of those sessions whose length is known."""

    children: int = 0
    sessions: int = 0
    words: int = 0
    seconds: float = 0.0
    sessions_without_time: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(
            self.children + other.children,
            self.sessions + other.sessions,
            self.words + other.words,
            self.seconds + other.seconds,
            self.sessions_without_time + other.sessions_without_time,
        )


def amounts_of(material: ChildMaterial) -> Amounts:
    """Return how much of a child there is."""
    total = Amounts(children=1)
    for session in material.sessions:
        total += _session_amounts(session)
    return total


def _session_amounts(material: SessionMaterial) -> Amounts:
    session = material.session
    code = session.target.code if session.target else None
    own = [u for u in session.utterances if u.speaker == code]
    words = sum(t.kind is TokenKind.WORD for u in own for t in u.tokens)
    seconds = _seconds(session)
    return Amounts(0, 1, words, seconds or 0.0, int(seconds is None))


def _seconds(session: Session) -> float | None:
    """Return how long a session is: its recording, else from its first time code to its last."""
    if session.media is not None and session.media.duration_s is not None:
        return session.media.duration_s
    spans = [u.span for u in session.utterances if u.span is not None]
    return (max(s.end_ms for s in spans) - min(s.start_ms for s in spans)) / 1000 if spans else None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the card tells; see ``to_dict``."""

    recipe: Recipe
    splits: dict[str, list[Pair]]
    amounts: Amounts
    left_out: Counter[str]
    origins: Counter[str]
    consented: Consented

    @property
    def pairs(self) -> list[Pair]:
        """Of all splits."""
        return [pair for pairs in self.splits.values() for pair in pairs]

    def to_dict(self) -> dict[str, Any]:
        """Return the card as JSON. It holds no time, so that the same input gives the same bytes."""
        pairs = self.pairs
        about = [p.metadata for p in pairs]
        return {
            "schema": SCHEMA,
            "sdc": version("speech-development-companion"),
            "splits": {name: _split(found) for name, found in self.splits.items()},
            "pairs": len(pairs),
            "kinds": _counts(m.kind for m in about),
            "sources": _counts(m.source for m in about),
            "marks": _counts(str(f["kind"]) for m in about for f in m.facts),
            "languages": _counts(m.language or "not told" for m in about),
            "ages_months": spread([m.age_months for m in about if m.age_months is not None]),
            "amounts": {
                "children": self.amounts.children,
                "sessions": self.amounts.sessions,
                "words_of_the_children": self.amounts.words,
                "minutes": round(self.amounts.seconds / 60, 1),
                "sessions_without_time_codes": self.amounts.sessions_without_time,
            },
            "tokens": spread([p.n_tokens for p in pairs]) | {"counted_by": self.recipe.tokenizer},
            "origins": _counts_of(self.origins),
            "licence": self.recipe.licence or "not stated",
            "consent": {
                "purpose": "training",
                "basis": self.consented.basis,
                "recorded": self.consented.is_recorded,
                "children": self.consented.n_children,
                "children_left_out": self.consented.n_refused or {},
            },
            "names": "replaced",  # no pair is written in which one was left; `sdc finetune launch` asks for it
            "left_out": _counts_of(self.left_out),
            "recipe": self._recipe(),
            "rules": _versions(pairs),
        }

    def _recipe(self) -> dict[str, Any]:
        r = self.recipe
        return {
            "seed": r.seed,
            "sources": list(r.sources),
            "format": r.form,
            "max_tokens": r.max_tokens,
            "max_utterances": r.max_utterances,
            "language": r.language,
            "near_duplicate_from": r.threshold,
            "held_out": 0.0 if r.train_only else r.held_out,
            "split_by": "child",
        }


def spread(values: Sequence[int]) -> dict[str, Any]:
    """Return least, median, 95th percentile, greatest and sum of whole numbers; nulls where there are none."""
    if not values:
        return {"n": 0, "least": None, "median": None, "p95": None, "greatest": None, "sum": 0}
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)]
    middle = median(ordered)
    return {
        "n": len(ordered),
        "least": ordered[0],
        "median": int(middle) if middle == int(middle) else middle,
        "p95": p95,
        "greatest": ordered[-1],
        "sum": sum(ordered),
    }


def card_files(card: Card) -> dict[str, str]:
    """Return the card for programs and for people, by the name of its file."""
    document = card.to_dict()
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return {CARD: f"{text}\n", CARD_TEXT: card_text(document)}


def card_text(card: dict[str, Any]) -> str:
    """Return the card as Markdown, from the template ``card.md``."""
    template = files("sdc.finetune.dataset").joinpath("card.md").read_text(encoding="utf-8")
    ages, tokens, amounts = card["ages_months"], card["tokens"], card["amounts"]
    consent = card["consent"]
    fields = {
        "pairs": card["pairs"],
        "splits": _table(
            ("split", "pairs", "children", "tokens"),
            [(name, s["pairs"], s["children"], s["tokens"]) for name, s in card["splits"].items()],
        ),
        "kinds": _table(("kind", "pairs"), card["kinds"].items()),
        "sources": _table(("source", "pairs"), card["sources"].items()),
        "marks": _table(("marked in the lines", "times"), card["marks"].items()),
        "origins": _table(("from", "sessions"), card["origins"].items()),
        "left_out": _table(("why", "times"), card["left_out"].items()),
        "refused": _table(("why", "children"), consent["children_left_out"].items()),
        "ages": f"{ages['least']} to {ages['greatest']} months, half below {ages['median']}"
        if ages["n"]
        else "not told",
        "tokens": f"{tokens['least']} to {tokens['greatest']} a pair, half below {tokens['median']}, "
        f"{tokens['sum']} in all ({tokens['counted_by']})",
        "licence": card["licence"],
        "basis": consent["basis"],
        "agreed": "not known here" if consent["children"] is None else consent["children"],
        "recipe": _table(("choice", "value"), card["recipe"].items()),
        "sdc": card["sdc"],
        **amounts,
    }
    return template.format(**fields)


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    cells = [[str(c).replace("|", "\\|") for c in row] for row in rows]
    if not cells:
        return "Nothing."
    lines = [head, ["---"] * len(head), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _split(pairs: Sequence[Pair]) -> dict[str, int]:
    children = {p.metadata.child for p in pairs}
    return {"pairs": len(pairs), "children": len(children), "tokens": sum(p.n_tokens for p in pairs)}


def _counts(values: Iterable[str]) -> dict[str, int]:
    return _counts_of(Counter(values))


def _counts_of(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _versions(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Return every version of every prompt, sentence file and measure that a pair names."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        for name, rule in pair.metadata.rules.items():
            found.setdefault(name, set()).add(rule)
    return {name: sorted(rules) for name, rules in sorted(found.items())}
