"""`sdc review`: what waits, marking it, and what a store that is used only from the terminal can do then."""

import json

import pytest

SAID = [("the dog runs home", 0.9), ("a big red train", 0.3), ("we go", 0.95)]


@pytest.fixture
def recognised(tmp_path):
    """What a recogniser wrote, with a doubtful line."""
    segments = [
        {
            "start": 2.0 * i,
            "end": 2.0 * i + 1.5,
            "text": text,
            "words": [
                {"word": f" {w}", "start": 2.0 * i + 0.3 * n, "end": 2.0 * i + 0.3 * n + 0.2, "probability": p}
                for n, w in enumerate(text.split())
            ],
        }
        for i, (text, p) in enumerate(SAID)
    ]
    path = tmp_path / "heard.json"
    path.write_text(json.dumps({"text": "", "segments": segments, "language": "en"}))
    return path


@pytest.fixture
def mia(sdc, cha, recognised):
    assert sdc("add", cha(), "--child", "Mia").exit_code == 0
    assert sdc("add", recognised, "--child", "Mia", "--date", "2026-03-09", "--child-only").exit_code == 0


def states(sdc, *options):
    document = json.loads(sdc("review", "Mia", "--format", "json", *options).stdout)
    return {row["source"]: row["state"] for row in document["sessions"]}


def test_what_waits_is_listed_and_marked_by_whom(sdc, mia):
    assert states(sdc) == {"visit.cha": "handed_in", "heard.json": "raw"}
    lines = sdc("review", "Mia", "heard.json").stdout
    assert "a big red train" in lines and "the dog runs home" not in lines
    assert "reviewed, 0 lines left" in sdc("review", "Mia", "heard.json", "--mark").stdout
    assert states(sdc) == {"visit.cha": "handed_in"}
    assert states(sdc, "--all") == {"visit.cha": "handed_in", "heard.json": "reviewed"}
    row = next(line for line in sdc("review", "Mia", "--all").stdout.splitlines() if "heard.json" in line)
    assert "cli" in row.split()
    assert "reviewed" in sdc("sessions", "Mia").stdout
    assert "raw, 1 line left" in sdc("review", "Mia", "heard.json", "--undo").stdout
    assert states(sdc)["heard.json"] == "raw"
    marks = [line for line in sdc("audit", "list", "--child", "Mia").stdout.splitlines() if "edit_transcript" in line]
    assert len(marks) == 2 and all("cli" in line for line in marks)


def test_a_line_is_looked_at(sdc, mia):
    assert "raw, 0 lines left" in sdc("review", "Mia", "heard.json", "--line", 1).stdout
    assert "No line is left" in sdc("review", "Mia", "heard.json").stdout
    assert "raw, 1 line left" in sdc("review", "Mia", "heard.json", "--line", 1, "--undo").stdout


def test_a_review_is_of_what_was_seen(sdc, mia):
    edited = sdc("edit", "Mia", "heard.json", "--line", 1, "--text", "a big red plane .")
    assert edited.exit_code == 0, edited.stderr
    refused = sdc("review", "Mia", "heard.json", "--mark", "--seen", 1)
    assert refused.exit_code == 1
    assert states(sdc)["heard.json"] == "raw"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--mark",), "review.session"),
        (("heard.json", "--mark", "--undo"), "review.mark"),
        (("heard.json", "--mark", "--line", 1), "review.mark"),
        (("heard.json", "--line", 99), "review.no-line"),
        (("never.cha", "--mark"), "session.not-found"),
    ],
)
def test_what_cannot_be_marked(sdc, mia, arguments, code):
    refused = sdc("review", "Mia", *arguments)
    assert refused.exit_code == 1
    assert f"[{code}]" in refused.stderr


def test_the_terminal_alone_makes_pairs_of_lines(sdc, mia, tmp_path):
    sdc("consent", "Mia", "--grant", "training", "--by", "mother, on paper")
    build = ("dataset", "build", "--train-only", "-o")
    before = sdc(*build, tmp_path / "before")
    assert before.exit_code == 1, "nobody has reviewed anything"
    sdc("review", "Mia", "visit.cha", "--mark")
    built = sdc(*build, tmp_path / "after")
    assert built.exit_code == 0, built.stderr
    rows = [json.loads(line) for line in (tmp_path / "after" / "train.jsonl").read_text().splitlines()]
    assert "lines" in {row["metadata"]["kind"] for row in rows}
