"""One pair: what a model is asked and what it is to answer, with metadata, as a line of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

Source = Literal["transcript", "approved", "answer", "teacher"]
SOURCES: tuple[Source, ...] = ("transcript", "approved", "answer", "teacher")
PairForm = Literal["prompt", "chat"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a pair.

    Attributes
    ----------
    child : str
        Pseudonym.
    kind : str
        ``lines`` (what a transcript marks in some lines), ``measures``, ``question``, ``insight``.
    source : {"transcript", "approved", "answer", "teacher"}
        ``teacher``: the output is a language model's.
    age_months : int or None
        In the session, in whole months; None where it is not known, or the pair is about several sessions.
    session : int or None
        The child's first session is 1; None: about several sessions.
    context : str or None
        Situation of the session.
    labels : tuple[str, ...]
        Kinds of facts, ids of measures, the verdict, ``edited``.
    rules : dict[str, str]
        Versions of the prompt, the sentences and the measures.
    facts : tuple[dict, ...]
        What the transcript marks in the lines; see ``Fact``.
    lines : tuple[int, int] or None
        Indexes of the first and the last utterance.
    language : str or None
    """

    child: str
    kind: str
    source: Source
    age_months: int | None = None
    session: int | None = None
    context: str | None = None
    labels: tuple[str, ...] = ()
    rules: dict[str, str] = field(default_factory=dict)
    facts: tuple[dict[str, object], ...] = ()
    lines: tuple[int, int] | None = None
    language: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the metadata as JSON; what is long and empty is left out."""
        document: dict[str, Any] = {
            "child": self.child,
            "age_months": self.age_months,
            "session": self.session,
            "context": self.context,
            "labels": list(self.labels),
            "source": self.source,
            "rules": dict(sorted(self.rules.items())),
            "kind": self.kind,
        }
        lines = list(self.lines) if self.lines else None
        more = {"facts": list(self.facts), "lines": lines, "language": self.language}
        return document | {name: value for name, value in more.items() if value}


@dataclass(frozen=True, slots=True)
class Pair:
    """A prompt and what a model is to answer.

    Attributes
    ----------
    prompt, output : str
    metadata : Metadata
    heard : tuple[str, ...]
        What people said or wrote in it: where a name could have been left. Not written.
    compared : str
        What tells it from other pairs, for finding near-duplicates. Not written.
    n_tokens : int
        Of both; 0: not counted. Not written.
    """

    prompt: str
    output: str
    metadata: Metadata
    heard: tuple[str, ...] = ()
    compared: str = ""
    n_tokens: int = 0

    def to_line(self, form: PairForm) -> str:
        """Return the pair as one line of JSON."""
        document: dict[str, Any] = {"prompt": self.prompt, "output": self.output}
        if form == "chat":
            talk = (("user", self.prompt), ("assistant", self.output))
            document = {"messages": [{"role": role, "content": content} for role, content in talk]}
        return json.dumps(document | {"metadata": self.metadata.to_dict()}, ensure_ascii=False)
