"""Check a CHAT transcript: problems with their lines, in the manner of CLAN's CHECK.

Unlike CHECK, which stops after its first pass when the frame of the file is damaged, this tells
everything at once. Values that CHECK looks up in its list of languages are checked by form only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sdc.errors import ChatError
from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_frame import frame_problems
from sdc.formats.chat.check_headers import header_problems
from sdc.formats.chat.check_mainline import line_problems
from sdc.formats.chat.check_source import Source
from sdc.formats.chat.check_tiers import tier_problems
from sdc.formats.chat.check_times import time_problems
from sdc.formats.chat.check_words import word_problems

ROOMS: tuple[Callable[[Source], Iterator[Problem]], ...] = (
    frame_problems,
    header_problems,
    line_problems,
    word_problems,
    time_problems,
    tier_problems,
)


def check_chat(data: bytes | str, *, source: str) -> tuple[Problem, ...]:
    """Check a CHAT transcript.

    Parameters
    ----------
    data : bytes or str
        The whole file.
    source : str
        Its name; ``@Media`` is compared with it.

    Returns
    -------
    tuple[Problem, ...]
        In the order of lines. A file that cannot be read at all has one problem that says why.
    """
    try:
        read = Source.of(data, source)
    except ChatError as error:
        return (Problem(error.line or 0, error.code, error.message),)
    found = [problem for room in ROOMS for problem in room(read)]
    told = {(problem.line, problem.code) for problem in found}
    warned = [Problem(n.line or 0, n.code, n.message) for n in read.session.warnings]
    if "bullets" in read.options:  # it says that the times are not in order
        told |= {(problem.line, "chat.bad-time") for problem in warned}
    found += (problem for problem in warned if (problem.line, problem.code) not in told)
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.line))
