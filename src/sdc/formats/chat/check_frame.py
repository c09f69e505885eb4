"""The frame of a file: first and last lines, order of the headers, tabs, empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_source import Heading, Source
from sdc.formats.chat.writer import OF_PEOPLE

_COLON = re.compile(r"[@*%][^:\t]{0,80}:(?=[^\t])")
_NAME_CHARS = 40
_SPACE_BEFORE_COLON = re.compile(r"\*\S+[ \t]+:")
_TIME_OF_DAY = re.compile(r"@\d")
_AFTER = {
    "Options": ("chat.options-place", ("Participants",)),
    "ID": ("chat.id-place", ("Participants", "Options", "ID")),
}


def frame_problems(source: Source) -> Iterator[Problem]:
    """Check the frame of a file."""
    yield from _ends(source)
    yield from _order(source.headings)
    yield from _physical(source.physical, is_ca=source.is_ca)


def _ends(source: Source) -> Iterator[Problem]:
    if not any(line.strip("\ufeff \t") == "@UTF8" for line in source.physical[:2]):
        yield Problem(1, "chat.no-utf8", "The file does not begin with @UTF8.")
    headings = [h for h in source.headings if h.name != "UTF8"]
    first = headings[0]
    if first.name != "Begin":
        yield Problem(first.number, "chat.begin-not-first", f"@{first.name} stands before @Begin.")
    for name, code in (("Begin", "chat.two-begins"), ("End", "chat.two-ends")):
        for heading in [h for h in headings if h.name == name][1:]:
            yield Problem(heading.number, code, f"There is more than one @{name}.")
    end = next((h.number for h in headings if h.name == "End"), None)
    late = next((h for h in headings if end is not None and h.number > end and h.name != "End"), None)
    if late is not None:
        yield Problem(late.number, "chat.after-end", "This line stands after @End.")


def _order(headings: tuple[Heading, ...]) -> Iterator[Problem]:
    inner = [h for h in headings if h.name not in ("UTF8", "Begin")]
    for place, (name, code) in enumerate(
        [("Languages", "chat.no-languages"), ("Participants", "chat.no-participants")]
    ):
        if len(inner) <= place or inner[place].name != name:
            number = inner[min(place, len(inner) - 1)].number if inner else headings[-1].number
            yield Problem(number, code, f"@{name} is expected here.")
    before = ""
    for heading in inner:
        if heading.name in _AFTER:
            code, places = _AFTER[heading.name]
            if before not in places:
                yield Problem(heading.number, code, f"@{heading.name} stands after @{before or 'Begin'}.")
        elif heading.name.startswith(OF_PEOPLE) and not (before == "ID" or before.startswith(OF_PEOPLE)):
            yield Problem(heading.number, "chat.birth-place", f"@{heading.name} stands after @{before or 'Begin'}.")
        before = heading.name


def _physical(lines: tuple[str, ...], *, is_ca: bool) -> Iterator[Problem]:
    open_code = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if number < len(lines):  # what follows the last line end is no line
                yield Problem(number, "chat.blank-line", "The line is empty.")
            continue
        yield from _tabs(number, line, is_ca=is_ca)
        if line[0] != "\t":
            open_code = False
        elif open_code:
            yield Problem(number - 1, "chat.code-folded", "A code in square brackets goes on in the next line.")
        open_code = _ends_in_code(line) if line[0] in "*\t" else False


def _tabs(number: int, line: str, *, is_ca: bool) -> Iterator[Problem]:
    if line[0] == " ":
        yield Problem(number, "chat.space-at-start", "The line begins with a space.")
    if line[0] in "@*%" and _COLON.match(line) and not _TIME_OF_DAY.match(line):
        yield Problem(number, "chat.no-tab", "No tab follows the colon.")
    if not is_ca and line[0] in "@*%" and ":\t " in line[:_NAME_CHARS]:
        yield Problem(number, "chat.space-after-tab", "A space follows the tab.")
    if line[0] == "*" and _SPACE_BEFORE_COLON.match(line):
        yield Problem(number, "chat.undeclared-speaker", "A space stands before the colon.")
    inside = line.find("\t", 1)
    while inside > 0 and line[inside - 1] == ":":
        inside = line.find("\t", inside + 1)
    if inside > 0 and line[0] != "\t":
        yield Problem(number, "chat.tab-inside", "There is a tab inside the line.")


def _ends_in_code(line: str) -> bool:
    return line.rfind("[") > line.rfind("]")
