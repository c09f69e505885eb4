"""Fixtures of the format tests: micro-transcripts written for them."""

from collections.abc import Callable

import pytest

from sdc.formats.chat.reader import read_chat
from sdc.session import Session

FRAME = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Tess Target_Child, MOT Mother\n{body}@End\n"


@pytest.fixture(scope="session")
def chat_text() -> Callable[..., str]:
    """Make a whole transcript of some lines."""

    def make(*lines: str) -> str:
        return FRAME.format(body="".join(f"{line}\n" for line in lines))

    return make


@pytest.fixture(scope="session")
def chat(chat_text: Callable[..., str]) -> Callable[..., Session]:
    """Read a transcript made of some lines."""

    def read(*lines: str) -> Session:
        return read_chat(chat_text(*lines), source="made.cha")

    return read
