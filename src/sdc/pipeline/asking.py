"""Questions about a child."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sdc.companion.ask import answer_query
from sdc.companion.question import Query, parse_question
from sdc.companion.transcripts import transcripts_note
from sdc.pipeline.history import whole_history
from sdc.session import Answer, Utterance
from sdc.store.records import Child
from sdc.store.repository import Repository


def answer_question(repository: Repository, child_id: str, question: str) -> Answer:
    """Answer a question about a child from its stored sessions.

    Raises
    ------
    NotFoundError
        No such child.
    QuestionError
        The question is not understood; the message asks back.
    """
    child = repository.child(child_id)
    # Understood first: a question that is asked back reads no transcript.
    return _answer(repository, child, parse_question(question, child.name, today=date.today()))


def answer_read(repository: Repository, child_id: str, query: Query) -> Answer:
    """Answer a question about a child that has been understood already.

    Raises
    ------
    NotFoundError
        No such child.
    """
    return _answer(repository, repository.child(child_id), query)


def _answer(repository: Repository, child: Child, query: Query) -> Answer:
    plan = repository.phase_plans.latest(child.id)
    answer = answer_query(query, whole_history(repository, child.id), child=child.name, plan=plan)
    cited = {evidence.session for evidence in answer.evidence}
    states = [e.transcript_state for e in repository.session_entries(child.id, measures=()) if e.id in cited]
    return replace(answer, note=with_note(answer.note, transcripts_note(states)))


def with_note(*notes: str | None) -> str | None:
    """Return notes about an answer as one; None where there are none."""
    return " ".join(filter(None, notes)) or None


def cited_utterances(repository: Repository, answer: Answer) -> dict[str, list[Utterance]]:
    """Return what was said in the utterances that an answer cites, by evidence id."""
    cited = [evidence for evidence in answer.evidence if evidence.utterances]
    sessions = {e.session: repository.session(e.session).session for e in cited}
    return {e.id: [sessions[e.session].utterances[index] for index in e.utterances] for e in cited}
