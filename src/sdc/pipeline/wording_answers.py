"""An answer by the engine that is asked for: leave first, then what is kept, the model, the rules where it fails."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TypeVar

from sdc.companion.engines import RULES, Filled, Prompt, Writer, Written
from sdc.companion.engines.claims import MAX_OUTPUT_TOKENS, SCHEMA_TRIES
from sdc.companion.engines.examples import ApprovedTexts, Example
from sdc.companion.engines.writer import Form
from sdc.companion.phrasing import Phrased, phrase, phrased_answer, sift
from sdc.companion.prompting import MAX_EXAMPLES, NO_DISGUISE, prompt_file
from sdc.companion.question import Query
from sdc.companion.reading import query_in_words, read_question
from sdc.companion.wordbook import fill
from sdc.errors import ConsentError, EngineError, QuestionError, SDCError
from sdc.pipeline.approved import ApprovedPairs
from sdc.pipeline.asking import answer_question, answer_read, with_note
from sdc.pipeline.disguising import disguise_of
from sdc.pipeline.language_models import language_model
from sdc.pipeline.parts import Parts
from sdc.session import Answer
from sdc.store.answers import TokenBudget
from sdc.store.consents import Purpose
from sdc.store.records import Child

Costly = TypeVar("Costly", Written, Filled)  # type: ignore[type-arg]

NOTHING_SENT = frozenset({"engine.busy", "engine.refused"})
"""Errors after which a service has counted nothing."""


def answer_by(
    parts: Parts,
    child_id: str,
    question: str,
    *,
    actor: str,
    engine: str | None = None,
    writer: Writer | None = None,
    approved: ApprovedTexts | None = None,
) -> Answer:
    """Answer a question about a child in the words of an engine.

    Parameters
    ----------
    parts : Parts
    child_id : str
    question : str
    actor : str
        Who asks, for the audit.
    engine : str, optional
        Default: SDC_ENGINE. One that is named here and may not be asked is an error; the settings' one
        leaves the answer to the rules, which say so.
    writer : Writer, optional
        Asked instead of the one that the engine's name gives.
    approved : ApprovedTexts, optional
        Where examples come from; default the texts about this child that therapists approved.

    Raises
    ------
    NotFoundError, QuestionError
        As ``answer_question``.
    SettingsError, ExtraMissingError, ConsentError
        The engine that is named cannot or may not be asked.
    """
    name = engine or parts.settings.engine
    writer = writer or language_model(parts.settings, name)
    drafted = _drafted(parts, child_id, question, writer if name != RULES else None, actor)
    if name == RULES or writer is None or not drafted.evidence:
        return drafted
    child = parts.repository.child(child_id)
    try:
        if writer.is_remote:
            parts.consents.require(child.id, Purpose.CLOUD_LANGUAGE_MODEL)
        source = approved or ApprovedPairs(parts.repository, parts.rosters)
        examples = source.approved(child.id, "seen" if drafted.verdict == "descriptive" else "change", MAX_EXAMPLES)
        return _worded(_Case(parts, child, drafted, writer, tuple(examples)), actor)
    except ConsentError as error:
        if engine is not None:
            raise
        return by_rules(drafted, error)
    except EngineError as error:
        return by_rules(drafted, error)


def by_rules(drafted: Answer, error: SDCError) -> Answer:
    """Return the rules' answer with the sentence that says why they have answered."""
    why = error.message.rstrip(".")
    told = fill("engine", "by_rules", why=why[:1].lower() + why[1:])
    return replace(drafted, note=with_note(drafted.note, told))


def _drafted(parts: Parts, child_id: str, question: str, writer: Writer | None, actor: str) -> Answer:
    """Return the rules' answer; a question that the rules do not understand is read by the model.

    What it made of the question is told with the answer. Where it may not or cannot be asked, or does
    not understand either, the rules ask back.
    """
    try:
        return answer_question(parts.repository, child_id, question)
    except QuestionError as error:
        if writer is None or error.code != QuestionError.default_code:
            raise
        try:
            query = _read(parts, parts.repository.child(child_id), question, writer, actor)
        except (QuestionError, ConsentError, EngineError):
            raise error from None
    note = fill("engine", "read_as", asked=query_in_words(query))
    answer = answer_read(parts.repository, child_id, query)
    return replace(answer, note=with_note(note, answer.note))


def _read(parts: Parts, child: Child, question: str, writer: Writer, actor: str) -> Query:
    disguise = NO_DISGUISE
    if writer.is_remote:
        parts.consents.require(child.id, Purpose.CLOUD_LANGUAGE_MODEL)
        disguise = disguise_of(parts, child, question)
        parts.audit.record(actor=actor, action="ask.cloud", child_id=child.id, object_id=writer.engine)
    thrifty = Thrifty(writer, parts.tokens, child.id)
    return read_question(question, thrifty, disguise, child=child.name, today=date.today())


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose answer is worded by whom."""

    parts: Parts
    child: Child
    drafted: Answer
    writer: Writer
    examples: tuple[Example, ...]


def _worded(case: _Case, actor: str) -> Answer:
    version, _ = prompt_file("answer")
    key = cache_key(case.drafted, case.writer, version, case.child.name, case.examples)
    known, _ = sift(case.parts.answers.get(case.child.id, key) or (), case.drafted, case.child.name)
    if known:
        return phrased_answer(case.drafted, known, case.writer, version)
    phrased = _phrase(case, actor)
    if not phrased.claims:
        raise EngineError("No sentence of the language model passed the checks.", code="engine.unfounded")
    case.parts.answers.put(case.child.id, key, phrased.claims)
    return phrased_answer(case.drafted, phrased.claims, case.writer, phrased.prompt)


def _phrase(case: _Case, actor: str) -> Phrased:
    parts, child = case.parts, case.child
    disguise = NO_DISGUISE
    if case.writer.is_remote:
        disguise = disguise_of(parts, child, case.drafted.question, case.drafted.evidence)
        parts.audit.record(actor=actor, action="ask.cloud", child_id=child.id, object_id=case.writer.engine)
    thrifty = Thrifty(case.writer, parts.tokens, child.id)
    return phrase(case.drafted, thrifty, disguise, child=child.name, examples=case.examples)


def cache_key(drafted: Answer, writer: Writer, version: str, child: str, examples: Sequence[Example]) -> str:
    """Return what an answer is kept under: all that decides what a model is asked, as one digest."""
    asked = [writer.engine, writer.model, version, child, drafted.question, drafted.verdict, drafted.measure]
    rows = [[asdict(e) for e in drafted.evidence], [e.text for e in examples]]
    return hashlib.sha256(json.dumps([*asked, *rows], sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Thrifty:
    """A writer that spends no more than a child's tokens of the day: reserved before, settled after each request.

    What a request that failed on its way has cost is not known, so it stays reserved.
    """

    writer: Writer
    budget: TokenBudget
    child_id: str

    @property
    def engine(self) -> str:
        """The writer's."""
        return self.writer.engine

    @property
    def model(self) -> str:
        """The writer's."""
        return self.writer.model

    @property
    def is_remote(self) -> bool:
        """The writer's."""
        return self.writer.is_remote

    def write(self, prompt: Prompt) -> Written:
        """Write claims; see ``Writer``.

        Raises
        ------
        EngineError
            ``engine.budget`` beside those of the writer.
        """
        return self._spend(prompt, self.writer.write)

    def fill(self, prompt: Prompt, form: type[Form]) -> Filled[Form]:
        """Fill in a form; see ``Writer``. Errors as ``write``."""
        return self._spend(prompt, lambda prompt: self.writer.fill(prompt, form))

    def _spend(self, prompt: Prompt, ask: Callable[[Prompt], Costly]) -> Costly:
        n = SCHEMA_TRIES * (prompt.n_tokens_at_most + MAX_OUTPUT_TOKENS)
        entry = self.budget.reserve(self.child_id, n)
        try:
            given = ask(prompt)
        except EngineError as error:
            if error.code in NOTHING_SENT:
                self.budget.settle(self.child_id, entry, reserved=n, used=0)
            raise
        self.budget.settle(self.child_id, entry, reserved=n, used=given.n_tokens or n)
        return given
