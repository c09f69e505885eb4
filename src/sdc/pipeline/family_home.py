"""What a family sees first: parts of the account that the therapist has too, and a moment to listen to.

Nothing is worked out here that the account does not hold: the change, the idea and the questions are
those of ``periods.child_account`` over all sessions, in the parents' voice.
"""

from __future__ import annotations

from dataclasses import dataclass

from sdc.companion.activities import Activity, find_activity
from sdc.companion.good_moment import GoodMoment, good_moment
from sdc.errors import InputError
from sdc.pipeline.consenting import may_keep_recordings
from sdc.pipeline.parts import Parts
from sdc.pipeline.periods import ChildAccount, Span, child_account
from sdc.pipeline.reviewing import Reviewed, dismissed_topics
from sdc.store.feedback import ActivityAnswer
from sdc.store.records import Child, SessionEntry

QUOTES = "strength.words"
"""Topic of the child's own words: where a therapist dismissed it, no moment is shown."""

NEWS = ("increase", "decrease"), ("no_clear_change",), ("cannot_tell",)
"""Which change is told: one that is larger than its error, else that all is steady, else that it cannot be told."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The family's newest answer about an activity that is in the library."""

    activity: Activity
    answer: ActivityAnswer


@dataclass(frozen=True, slots=True)
class FamilyHome:
    """What a family sees of its child.

    Attributes
    ----------
    child : Child
    entries : tuple[SessionEntry, ...]
        All sessions.
    latest : SessionEntry or None
        The newest session.
    moment : GoodMoment or None
    news : Reviewed or None
        One change of the account.
    questions : tuple[Reviewed, ...]
        For the next appointment.
    activity : Activity or None
    tried : Tried or None
    """

    child: Child
    entries: tuple[SessionEntry, ...] = ()
    latest: SessionEntry | None = None
    moment: GoodMoment | None = None
    news: Reviewed | None = None
    questions: tuple[Reviewed, ...] = ()
    activity: Activity | None = None
    tried: Tried | None = None


def family_home(parts: Parts, child_id: str) -> FamilyHome:
    """Collect what a family sees of its child; ``NotFoundError`` when there is no such child."""
    child = parts.repository.child(child_id)
    entries = parts.repository.session_entries(child.id, measures=())
    account = _account(parts, child)
    if account is None:
        return FamilyHome(child)
    moment = _moment(parts, account, entries)
    return FamilyHome(
        child,
        tuple(entries),
        next(entry for entry in entries if entry.id == account.sessions[-1]),
        moment,
        _news(account),
        tuple(_told(account, "question")),
        account.activity,
        _tried(parts, child),
    )


def _account(parts: Parts, child: Child) -> ChildAccount | None:
    try:
        return child_account(parts.repository, child.id, Span(), "parent")
    except InputError as error:
        if error.code != "insights.empty":
            raise
        return None


def _moment(parts: Parts, account: ChildAccount, entries: list[SessionEntry]) -> GoodMoment | None:
    if QUOTES in dismissed_topics(parts.repository, account.child.id):
        return None
    recorded = {entry.id for entry in entries if entry.recording is not None}
    return good_moment(account.line, recorded=recorded, is_allowed=may_keep_recordings(parts, account.child))


def _told(account: ChildAccount, kind: str) -> list[Reviewed]:
    return [r for r in account.insights if r.insight.kind == kind and r.insight.status != "dismissed"]


def _news(account: ChildAccount) -> Reviewed | None:
    changes = _told(account, "change")
    return next((r for wanted in NEWS for r in changes if r.insight.verdict in wanted), None)


def _tried(parts: Parts, child: Child) -> Tried | None:
    answers = parts.repository.feedback.answers(child.id)
    known = [Tried(activity, a) for a in answers if (activity := find_activity(a.activity)) is not None]
    return known[-1] if known else None
