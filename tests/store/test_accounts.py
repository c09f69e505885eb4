"""Accounts: passwords, signing in, waiting after failures, sessions with two ends, invitations, care teams."""

import json
import threading

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from sdc.access import Role
from sdc.errors import AccessError, ConflictError, InputError, NotFoundError, SDCError
from sdc.store.accounts import INVITATION_MS, Accounts
from sdc.store.back_off import FREE_OF_ADDRESS, FREE_OF_NAME, MAX_WAIT_MS, wait_ms
from sdc.store.login_sessions import digest
from sdc.store.passwords import Passwords, check_password
from sdc.store.repository import Repository
from sdc.store.sqlite import SqliteDocuments

GOOD = "otter plum bicycle"
LIGHT = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
IDLE_S, MAX_S = 600, 3600


class Clock:
    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self) -> int:
        return self.ms

    def pass_s(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def embedded(tmp_path):
    documents = SqliteDocuments(tmp_path / "sdc.sqlite3")
    Repository(documents, None)  # makes the indexes
    yield documents
    documents.close()


@pytest.fixture
def accounts(embedded, clock):
    return Accounts(embedded, idle_s=IDLE_S, max_s=MAX_S, passwords=Passwords(LIGHT), clock=clock)


@pytest.fixture
def ann(accounts):
    return accounts.set_password(accounts.add("Ann@clinic.example", Role.THERAPIST).id, GOOD)


def code_of(call, *arguments) -> str:
    with pytest.raises(SDCError) as caught:
        call(*arguments)
    assert caught.value.hint or caught.value.code == "password.long"
    return caught.value.code


# Passwords


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short-horse", "password.short"),
        ("a" * 201, "password.long"),
        ("password1234", "password.common"),
        ("Password!Password!", "password.common"),
        ("aaaaaaaaaaaaaaa", "password.common"),
        ("123123123123", "password.common"),
        ("abcdefghijklmnop", "password.common"),
        ("ann@clinic.example1", "password.common"),
        ("ANN-ann-Ann-ann", "password.common"),
    ],
)
def test_passwords_that_are_refused(password, code):
    assert code_of(check_password, password, "ann@clinic.example") == code


@pytest.mark.parametrize("password", [GOOD, "739105826417", "пароль-из-трёх-слов", "x" * 4 + "yz12 ab§§"])
def test_passwords_that_are_taken(password):
    assert check_password(password, "ann@clinic.example")


def test_the_same_password_in_another_form_is_the_same(accounts, ann):
    accounts.set_password(ann.id, "caf\u00e9 otter plum")
    assert accounts.sign_in("ann@clinic.example", "cafe\u0301 otter plum", "here")


def test_the_real_hash_is_argon2id_with_todays_parameters():
    passwords = Passwords()
    kept = passwords.hash(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.verify(GOOD, kept) == (True, None)
    assert passwords.verify(GOOD + "x", kept) == (False, None)
    assert passwords.verify("nobody has this password", "") == (False, None)


def test_a_hash_with_old_parameters_is_made_anew_at_sign_in(embedded, clock, accounts, ann):
    stronger = Passwords(Argon2Hasher(time_cost=2, memory_cost=16, parallelism=1))
    later = Accounts(embedded, passwords=stronger, clock=clock)
    later.sign_in("ann@clinic.example", GOOD, "here")
    kept = later.get(ann.id).password
    assert "m=16,t=2" in kept
    later.sign_in("ann@clinic.example", GOOD, "here")
    assert later.get(ann.id).password == kept


def test_nothing_secret_is_stored(embedded, accounts, ann):
    _, secret = accounts.sign_in(ann.name, GOOD, "192.0.2.7")
    link = accounts.invite(ann.id).secret
    collections = ("accounts", "login_sessions", "invitations", "sign_in_failures")
    kept = json.dumps([embedded.find(name, {}) for name in collections])
    assert digest(secret) in kept
    for text in (GOOD, secret, link, "192.0.2.7"):
        assert text not in kept


# Names


def test_names_are_unique_without_regard_to_case(accounts, ann):
    assert code_of(accounts.add, "ANN@clinic.example", Role.PARENT) == "account.exists"
    assert accounts.named(" ann@CLINIC.example").id == ann.id
    assert accounts.named(ann.id) == ann
    assert code_of(accounts.named, "bea") == "account.not-found"


@pytest.mark.parametrize("name", ["", "a", "a b", "<b>ann</b>", "a" * 121, "a\nb"])
def test_names_that_are_refused(accounts, name):
    with pytest.raises(InputError):
        accounts.add(name, Role.PARENT)


def test_owner_is_no_role_of_an_account(accounts, ann):
    assert code_of(accounts.add, "bea", Role.OWNER) == "account.role"
    assert code_of(accounts.set_role, ann.id, Role.OWNER) == "account.role"


# Signing in


def test_signing_in(accounts, ann):
    account, secret = accounts.sign_in("ANN@clinic.example ", GOOD, "here")
    assert account == ann
    actor = accounts.actor_of(secret)
    assert (actor.id, actor.role, actor.children) == (ann.id, Role.THERAPIST, frozenset())
    assert accounts.actor_of(secret + "x") is None
    assert len(secret) >= 43


def test_the_answer_is_the_same_whatever_is_wrong(accounts, ann):
    shut = accounts.set_password(accounts.add("shut", Role.PARENT).id, GOOD)
    accounts.set_disabled(shut.id, True)
    accounts.add("invited", Role.PARENT)
    told = set()
    for name, password in ((ann.name, "wrong " + GOOD), ("nobody", GOOD), ("shut", GOOD), ("invited", GOOD)):
        with pytest.raises(AccessError) as caught:
            accounts.sign_in(name, password, "here")
        told.add(str(caught.value.to_dict()))
    assert len(told) == 1


def test_unknown_names_cost_the_same_work(accounts, ann, monkeypatch):
    hashed = []
    real = accounts._passwords._hash.verify
    monkeypatch.setattr(accounts._passwords._hash, "verify", lambda p, k: hashed.append(k) or real(p, k))
    assert code_of(accounts.sign_in, "nobody", GOOD, "here") == "access.password"
    (kept,) = hashed
    assert kept.split("$")[3] == ann.password.split("$")[3]  # the same parameters


@pytest.mark.parametrize("name", ["ann@clinic.example", "nobody"])
def test_waiting_grows_and_the_right_password_waits_too(accounts, ann, clock, name):
    for _ in range(FREE_OF_NAME + 1):
        assert code_of(accounts.sign_in, name, "wrong", "here") == "access.password"
    assert code_of(accounts.sign_in, name, GOOD, "elsewhere") == "access.wait"
    clock.pass_s(1)
    assert code_of(accounts.sign_in, name, "wrong", "here") == "access.password"
    clock.pass_s(1)
    assert code_of(accounts.sign_in, name, GOOD, "here") == "access.wait"
    clock.pass_s(1)
    if name != "nobody":
        accounts.sign_in(name, GOOD, "here")
        assert code_of(accounts.sign_in, name, "wrong", "here") == "access.password"  # counted from the start again


def test_an_address_that_tries_many_names_waits(accounts, ann):
    for n in range(FREE_OF_ADDRESS + 1):
        assert code_of(accounts.sign_in, f"name{n}", "wrong", "bad") == "access.password"
    assert code_of(accounts.sign_in, ann.name, GOOD, "bad") == "access.wait"
    assert accounts.sign_in(ann.name, GOOD, "good")


def test_a_success_does_not_clear_an_address(accounts, ann):
    """Whoever has one account of their own cannot try others without end by signing in between."""
    for n in range(FREE_OF_ADDRESS):
        assert code_of(accounts.sign_in, f"name{n}", "wrong", "bad") == "access.password"
    accounts.sign_in(ann.name, GOOD, "bad")
    assert code_of(accounts.sign_in, "one-more", "wrong", "bad") == "access.password"
    assert code_of(accounts.sign_in, ann.name, GOOD, "bad") == "access.wait"


def test_waiting_doubles_up_to_a_quarter_of_an_hour():
    assert [wait_ms(n) for n in (-3, 0, 1, 2, 3, 10)] == [0, 0, 1000, 2000, 4000, 512_000]
    assert wait_ms(11) == wait_ms(10_000) == MAX_WAIT_MS


def test_failures_are_forgotten_after_a_day(accounts, embedded, clock):
    for n in range(5):
        code_of(accounts.sign_in, f"name{n}", "wrong", "here")
    assert embedded.count("sign_in_failures", {}) == 6
    clock.pass_s(24 * 3600 + 1)
    code_of(accounts.sign_in, "name9", "wrong", "there")
    assert embedded.count("sign_in_failures", {}) == 2


def test_many_attempts_at_once_are_all_counted(accounts, ann):
    codes, start = [], threading.Barrier(12)

    def attempt():
        start.wait()
        codes.append(code_of(accounts.sign_in, ann.name, "wrong", "here"))

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count("access.password") == FREE_OF_NAME + 1
    assert codes.count("access.wait") == 12 - FREE_OF_NAME - 1


def test_an_attempt_that_comes_in_between_is_counted_too(accounts, embedded, monkeypatch):
    back_off, real, others = accounts.back_off, embedded.find_one, ["there"]

    def find_one(collection, filter, **more):
        found = real(collection, filter, **more)
        if found is not None and "name." in found["_id"] and others:
            back_off.attempt("ann", others.pop())
        return found

    back_off.attempt("ann", "here")
    monkeypatch.setattr(embedded, "find_one", find_one)
    back_off.attempt("ann", "here")
    (entry,) = [e for e in embedded.find("sign_in_failures", {}) if e["_id"].startswith("name.")]
    assert entry["n"] == 3


# Login sessions


def test_a_session_ends_when_idle(accounts, ann, clock):
    _, secret = accounts.sign_in(ann.name, GOOD, "here")
    for _ in range(3):
        clock.pass_s(IDLE_S - 1)
        assert accounts.actor_of(secret)
    clock.pass_s(IDLE_S)
    assert accounts.actor_of(secret) is None


def test_a_session_ends_absolutely(accounts, ann, clock):
    _, secret = accounts.sign_in(ann.name, GOOD, "here")
    for _ in range(7):
        clock.pass_s(MAX_S / 7 - 1)
        assert accounts.actor_of(secret)
    clock.pass_s(8)
    assert accounts.actor_of(secret) is None


def test_ended_sessions_are_dropped(accounts, ann, clock, embedded):
    accounts.sign_in(ann.name, GOOD, "here")
    clock.pass_s(MAX_S + 1)
    accounts.sign_in(ann.name, GOOD, "here")
    assert embedded.count("login_sessions", {}) == 1


def test_signing_out_here_and_everywhere(accounts, ann):
    secrets = [accounts.sign_in(ann.name, GOOD, "here")[1] for _ in range(3)]
    accounts.logins.end(secrets[0])
    assert [accounts.actor_of(s) is not None for s in secrets] == [False, True, True]
    assert accounts.logins.end_all(ann.id) == 2
    assert [accounts.actor_of(s) for s in secrets] == [None] * 3


def test_a_disabled_account_is_out_at_once(accounts, ann):
    _, secret = accounts.sign_in(ann.name, GOOD, "here")
    link = accounts.invite(ann.id).secret
    accounts.set_disabled(ann.id, True)
    assert accounts.actor_of(secret) is None
    assert code_of(accounts.accept, link, GOOD) == "access.invitation"
    assert code_of(accounts.invite, ann.id) == "account.disabled"
    assert code_of(accounts.sign_in, ann.name, GOOD, "here") == "access.password"
    accounts.set_disabled(ann.id, False)
    assert accounts.actor_of(secret) is None
    assert accounts.sign_in(ann.name, GOOD, "here")


def test_a_new_password_ends_all_sessions(accounts, ann):
    _, secret = accounts.sign_in(ann.name, GOOD, "here")
    assert code_of(accounts.change_password, ann.id, "wrong", "kite lemon anvil", "here") == "access.old-password"
    assert code_of(accounts.change_password, ann.id, GOOD, "short", "here") == "password.short"
    assert accounts.actor_of(secret)
    new = accounts.change_password(ann.id, GOOD, "kite lemon anvil", "here")
    assert accounts.actor_of(secret) is None
    assert accounts.actor_of(new)
    assert code_of(accounts.sign_in, ann.name, GOOD, "here") == "access.password"


def test_a_role_holds_from_the_next_request(accounts, ann):
    _, secret = accounts.sign_in(ann.name, GOOD, "here")
    accounts.set_role(ann.id, Role.PARENT)
    assert accounts.actor_of(secret).role is Role.PARENT


# Invitations and teams


def test_an_invitation_sets_a_password_once(accounts):
    bea = accounts.add("bea", Role.PARENT)
    invitation = accounts.invite(bea.id)
    assert accounts.invited(invitation.secret) == bea
    assert code_of(accounts.accept, invitation.secret, "short") == "password.short"
    account, secret = accounts.accept(invitation.secret, GOOD)
    assert not account.is_disabled
    assert accounts.actor_of(secret).id == bea.id
    assert code_of(accounts.accept, invitation.secret, GOOD) == "access.invitation"
    assert accounts.sign_in("bea", GOOD, "here")


def test_an_invitation_ends(accounts, clock):
    bea = accounts.add("bea", Role.PARENT)
    invitation = accounts.invite(bea.id)
    clock.pass_s(INVITATION_MS / 1000 - 1)
    assert accounts.invitation_ends() == {bea.id: invitation.end_ms}
    clock.pass_s(1)
    assert code_of(accounts.invited, invitation.secret) == "access.invitation"
    assert code_of(accounts.accept, invitation.secret, GOOD) == "access.invitation"
    assert accounts.invitation_ends() == {}


def test_a_new_invitation_ends_the_one_before_and_is_for_a_lost_password_too(accounts, ann):
    first, second = accounts.invite(ann.id).secret, accounts.invite(ann.id).secret
    _, session = accounts.sign_in(ann.name, GOOD, "here")
    assert code_of(accounts.accept, first, GOOD) == "access.invitation"
    accounts.accept(second, "kite lemon anvil")
    assert accounts.actor_of(session) is None
    assert accounts.sign_in(ann.name, "kite lemon anvil", "here")


def test_two_who_open_one_link_at_once(accounts):
    link = accounts.invite(accounts.add("bea", Role.PARENT).id).secret
    outcomes, start = [], threading.Barrier(2)

    def accept(password):
        start.wait()
        try:
            accounts.accept(link, password)
            outcomes.append("in")
        except AccessError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=accept, args=(p,)) for p in (GOOD, "kite lemon anvil")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["access.invitation", "in"]


def test_care_teams(accounts, ann):
    teams = accounts.teams
    _, secret = accounts.sign_in(ann.name, GOOD, "here")
    teams.add("c1", ann.id)
    teams.add("c1", ann.id)
    teams.add("c2", ann.id)
    assert teams.members_of("c1") == [ann.id]
    assert accounts.actor_of(secret).children == {"c1", "c2"}
    assert teams.remove("c1", ann.id)
    assert not teams.remove("c1", ann.id)
    assert accounts.actor_of(secret).children == {"c2"}


def test_errors_are_of_their_families(accounts):
    with pytest.raises(NotFoundError):
        accounts.get("a0")
    accounts.add("bea", Role.PARENT)
    with pytest.raises(ConflictError):
        accounts.add("Bea", Role.PARENT)


def test_the_whole_story_on_every_store(repository, documents, clock):
    accounts = Accounts(documents, idle_s=IDLE_S, max_s=MAX_S, passwords=Passwords(LIGHT), clock=clock)
    bea = accounts.add("bea", Role.PARENT)
    child = repository.add_child("Mia")
    repository.add_child("Ben")
    accounts.teams.add(child.id, bea.id)
    _, secret = accounts.accept(accounts.invite(bea.id).secret, GOOD)
    assert repository.children(accounts.actor_of(secret).children) == [child]
    assert repository.children(()) == []
    assert [code_of(accounts.sign_in, "bea", "wrong", "here") for _ in range(6)][-1] == "access.wait"
    clock.pass_s(2)
    _, second = accounts.sign_in("bea", GOOD, "here")
    assert accounts.actor_of(second).id == bea.id
    accounts.set_disabled(bea.id, True)
    assert (accounts.actor_of(secret), accounts.actor_of(second)) == (None, None)
    clock.pass_s(MAX_S + 1)
    with pytest.raises(AccessError):
        accounts.sign_in("bea", GOOD, "here")
    assert [account.name for account in accounts.all()] == ["bea"]
