import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from sdc.formats.chat.reader import read_chat
from sdc.formats.session_json import load_session
from sdc.formats.targets import CSV_COLUMNS, Target
from sdc.session import Session

Chat = Callable[..., Session]


@pytest.mark.parametrize(
    ("name", "target"),
    [("a.cha", Target.CHA), ("a.CSV", Target.CSV), ("a.json", Target.JSON), ("a.txt", Target.JSON), ("a", Target.JSON)],
)
def test_target_of_a_file(name: str, target: Target) -> None:
    assert Target.of(Path(name)) is target
    assert Target.of(None) is Target.JSON


def test_json_and_chat(chat: Chat) -> None:
    session = chat("*CHI:\tthe [/] the dog . \u00151_2\u0015")
    assert load_session(Target.JSON.write(session), source="x") == session
    assert read_chat(Target.CHA.write(session), source="x").utterances[0].raw == "the [/] the dog ."


def test_csv(chat: Chat) -> None:
    session = chat('*CHI:\t&-um the [/] the d(o)g , "so" &=laughs . \u00151_2\u0015', "*MOT:\txxx .")
    rows = list(csv.reader(io.StringIO(Target.CSV.write(session))))
    assert rows == [
        list(CSV_COLUMNS),
        ["0", "CHI", "Target_Child", "1", "2", "um the the dog so", '&-um the [/] the d(o)g , "so" &=laughs .'],
        ["1", "MOT", "Mother", "", "", "xxx", "xxx ."],
    ]
