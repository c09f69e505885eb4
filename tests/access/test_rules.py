"""The rules alone: denied by default, and what each role reaches."""

import pytest

from sdc.access import CLI, LAPTOP, Action, Actor, Role, children_within, may, may_for_some
from sdc.access.rules import GRANTS

# Action: who may for a child on whose team they are | who may for every child, or about none.
A, T, P, R = Role.ADMIN, Role.THERAPIST, Role.PARENT, Role.RESEARCHER
POLICY: dict[Action, tuple[set[Role], set[Role]]] = {
    Action.SEE_DEFINITIONS: (set(), {A, T, P, R}),
    Action.USE_ACCOUNT: (set(), {A, T, P, R}),
    Action.ADD_CHILD: (set(), {A, T}),
    Action.SEE_CHILD: ({A, T, P}, set()),
    Action.UPLOAD: ({A, T, P}, set()),
    Action.SEE_SESSION: ({A, T, P}, set()),
    Action.PLAY_RECORDING: ({A, T, P}, set()),
    Action.EDIT_TRANSCRIPT: ({A, T}, set()),
    Action.SEE_RESEARCH_MEASURES: ({A, T}, set()),
    Action.SEE_NORMS: ({A, T}, set()),
    Action.ASK: ({A, T, P}, set()),
    Action.APPROVE_INSIGHT: ({A, T}, set()),
    Action.MANAGE_GOALS: ({A, T}, set()),
    Action.ANSWER_ACTIVITY: ({A, T, P}, set()),
    Action.SEE_VOICE_LABELS: ({A, T}, set()),
    Action.WRITE_REPORT: ({A, T}, set()),
    Action.SIGN_REPORT: ({A, T}, set()),
    Action.SEE_LETTER: ({A, T, P}, set()),
    Action.SEE_CONSENT: ({A, T, P}, set()),
    Action.MANAGE_CONSENT: ({A, T, P}, set()),
    Action.EXPORT_CHILD: ({A, T}, set()),
    Action.ERASE_CHILD: (set(), {A}),
    Action.MANAGE_TEAM: (set(), {A}),
    Action.MANAGE_ACCOUNTS: (set(), {A}),
    Action.SEE_AUDIT: (set(), {A}),
    Action.EXPORT_RESEARCH: (set(), {R}),
}


def test_every_action_has_a_policy():
    assert set(POLICY) == set(Action)


@pytest.mark.parametrize("role", [A, T, P, R])
@pytest.mark.parametrize("action", Action)
def test_who_may_what(action, role):
    on_team, everywhere = POLICY[action]
    actor = Actor("a1", "x", role, frozenset({"own"}))
    assert may(actor, action, "own") is (role in on_team | everywhere)
    assert may(actor, action, "other") is (role in everywhere)
    assert may(actor, action) is (role in everywhere)
    assert may_for_some(actor, action) is (role in on_team | everywhere)
    reach = None if role in everywhere else frozenset({"own"} if role in on_team else ())
    assert children_within(actor, action) == reach


@pytest.mark.parametrize("action", Action)
def test_whoever_holds_the_machine_may_everything(action):
    for actor in (LAPTOP, CLI):
        assert may(actor, action, "any")
        assert may(actor, action)
        assert children_within(actor, action) is None


def test_a_role_without_a_row_may_nothing(monkeypatch):
    monkeypatch.delitem(GRANTS, Role.PARENT)
    actor = Actor("a1", "x", Role.PARENT, frozenset({"own"}))
    assert not any(may(actor, action, "own") or may_for_some(actor, action) for action in Action)
    assert children_within(actor, Action.SEE_CHILD) == frozenset()
