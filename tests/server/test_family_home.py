"""What a family sees first: the therapist's facts in other words, and a moment that plays only where it may."""

import shutil

import pytest
from fastapi.testclient import TestClient

from clinic import BASE
from sdc.access import Role
from sdc.app import build_app
from sdc.demo import demo_transcripts
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.server.server import create_server
from sdc.settings import Settings

TALK = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child, MOT Mother
@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||
@ID:\teng|sdc|MOT|||||Mother|||
@Media:\tvisit, audio
@Date:\t02-MAR-2026
*MOT:\tlook a dog . \x150_700\x15
*CHI:\tthe dog runs home . \x15900_2000\x15
*CHI:\t&-um the big dog runs home . \x152100_2600\x15
@End
"""


@pytest.fixture
def home_of(client):
    return lambda child: client.get(f"/api/children/{child}/home").json()


@pytest.fixture
def heard(desk, wav) -> str:
    """A child with a recorded session."""
    child = desk.child()
    desk.session(child, desk.upload("visit.cha", TALK.encode()), desk.upload("visit.wav", wav))
    return child


def test_the_moment_plays(home_of, heard, client):
    moment = home_of(heard)["moment"]
    assert (moment["words"], moment["start_ms"], moment["end_ms"]) == ("the dog runs home", 900, 2000)
    assert (moment["silence"], moment["transcript"], moment["week"]) == (None, "handed_in", 1)
    assert client.get(moment["media_url"], headers={"Range": "bytes=0-9"}).status_code == 206


def test_without_consent_there_are_words_and_no_sound(home_of, heard, client):
    body = {"purpose": "store_recording", "state": "withdrawn", "by": "mother"}
    assert client.put(f"/api/children/{heard}/consents", json=body).status_code == 200
    moment = home_of(heard)["moment"]
    assert (moment["words"], moment["media_url"], moment["silence"]) == ("the dog runs home", None, "no_consent")


def test_a_dismissed_quotation_is_no_moment(home_of, heard, client):
    told = client.get(f"/api/children/{heard}/insights", params={"voice": "parent"}).json()["insights"]
    quoted = next(i for i in told if i["kind"] == "strength")
    body = {"key": quoted["key"], "verb": "dismiss", "version": 0, "voice": "parent"}
    assert client.post(f"/api/children/{heard}/insights/decisions", json=body).status_code == 201
    assert home_of(heard)["moment"] is None


def test_a_dismissed_question_is_not_asked(home_of, heard, client):
    asked = home_of(heard)["questions"][0]
    body = {"key": asked["key"], "verb": "dismiss", "version": 0, "voice": "parent"}
    assert client.post(f"/api/children/{heard}/insights/decisions", json=body).status_code == 201
    assert asked["key"] not in {q["key"] for q in home_of(heard)["questions"]}


def test_a_child_without_sessions(home_of, desk):
    home = home_of(desk.child())
    assert (home["n_sessions"], home["moment"], home["news"], home["activity"]) == (0, None, None, None)
    assert home["questions"] == []


@pytest.fixture(scope="module")
def family(tmp_path_factory):
    """The demo child's transcripts, her therapist and her mother; a child of others."""
    folder = tmp_path_factory.mktemp("family")
    paths = [shutil.copy(path, folder) for path in demo_transcripts()]
    with build_app(Settings(home=folder / "home", accounts=True)) as app:
        sarah, other = app.repository.add_child("Sarah"), app.repository.add_child("Omar")
        added = add_paths(app, [folder / p for p in paths], sarah, Given())
        assert not [f for item in added for f in item.failures]
        secrets = {}
        for role in (Role.THERAPIST, Role.PARENT):
            account = app.accounts.add(f"{role}@clinic.example", role)
            app.accounts.teams.add(sarah.id, account.id)
            secrets[role] = app.accounts.logins.begin(account.id)
        client = TestClient(create_server(app, "unused"), base_url=BASE)

        def get(role, path, child=sarah.id, **params):
            headers = {"Authorization": f"Bearer {secrets[role]}"}
            return client.get(f"/api/children/{child}/{path}", params=params, headers=headers)

        get.other = other.id
        yield get


def figures(insight):
    return [(e["session"], e["measure"], e["value"], e["n"], e["quote"]) for e in insight["evidence"]]


def test_the_familys_news_are_the_therapists_to_the_digit(family):
    home = family(Role.PARENT, "home").json()
    therapists = family(Role.THERAPIST, "insights").json()
    news = home["news"]
    same = next(i for i in therapists["insights"] if i["kind"] == "change" and i["measure"] == news["measure"])
    assert news["verdict"] == same["verdict"] == "decrease"
    assert figures(news) == figures(same)
    assert any(value is not None for _, _, value, *_ in figures(news))
    assert home["activity"] == therapists["activity"]
    assert not any(c.isdigit() for c in news["claims"][0]["text"])


def test_the_home_is_a_part_of_the_familys_account(family):
    home, account = (family(Role.PARENT, path).json() for path in ("home", "insights"))
    shown = {i["key"]: i for i in account["insights"]}
    assert [shown[q["key"]] for q in home["questions"]] == home["questions"]
    assert shown[home["news"]["key"]] == home["news"]
    assert home["last_session"] == account["sessions"][-1]
    assert family(Role.THERAPIST, "home").json() == home
    assert home["transcripts"] == account["transcripts"] == {"reviewed": 0, "handed_in": 5, "raw": 0}


def test_a_parent_sees_no_other_childs_home(family):
    answer, unknown = family(Role.PARENT, "home", family.other), family(Role.PARENT, "home", "c0")
    assert (answer.status_code, answer.content) == (404, unknown.content)
