"""The values of headers, after what CLAN's ``depfile.cut`` lists and ``check.cpp`` compares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_source import Heading, Source
from sdc.formats.chat.headers import ID_FIELDS, read_date

_ROLES = """
    Target_Child Target_Adult Child Boy Girl Teenager Student Member
    Mother Father Brother Sister Sibling Grandfather Grandmother Relative Caretaker
    Adult Male Female Friend Playmate Visitor Guest Host Partner Participant Subject
    Therapist Doctor Nurse Teacher Investigator Informant Attorney Justice Leader
    Audience Environment Group Media LENA Narrator PlayRole Speaker Text
    Other Uncertain Unidentified
"""
ROLES = frozenset(_ROLES.split())
"""Roles that CHAT knows."""

SES_VALUES = frozenset(
    {"WC", "UC", "MC", "LI", "White", "Black", "Latino", "Asian", "Pacific", "Native", "Multiple", "Unknown"}
)
"""What may stand in the SES field: social class, ethnicity."""

_PLAIN = frozenset({"UTF8", "Begin", "End", "Blank", "New Episode"})
_EITHER = frozenset({"Bg", "Eg"})
_WITH_TEXT = frozenset(
    """
    Languages|Participants|Options|ID|Media|Angles|Location|Number|Recording Quality|Room Layout|Tape Location
    Time Duration|Time Start|Transcriber|Transcription|Types|Videos|Warning|Activities|Bck|Comment|Date|G
    Page|Situation|T
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
) - {""}
_OF_PEOPLE = re.compile(r"(?:Birth|Birthplace|L1) of (\S+)")
_OLD_OF_PEOPLE = re.compile(r"(?:Age|Sex|Group|Ses|SES|Education) of \S+")
_VALUES = {
    "Options": frozenset({"CA", "CA-Unicode", "bullets", "dummy"}),
    "Number": frozenset({"1", "2", "3", "4", "5", "more", "audience"}),
    "Recording Quality": frozenset({"1", "2", "3", "4", "5"}),
    "Transcription": frozenset({"eye_dialect", "partial", "full", "detailed", "coarse", "checked", "anonymized"}),
}
_AGE = re.compile(r"\d+;(?:(?:0\d|1[0-2])\.(?:[0-3]\d)?)?")
_SHORT_AGE = re.compile(r"\d+;\d\.|\d+;\d{2}\.\d(?!\d)")
_DATE = re.compile(r"[0-3]\d-[A-Z]{3}-\d{4}")
_HOURS, _TWO = r"(?:1?\d|0\d|2[0-4])", r"[0-5]?\d"
_LONG = rf"{_HOURS}:{_TWO}:{_TWO}"
_TIMES = {
    "Time Duration": re.compile(rf"{_HOURS}:{_TWO}-{_HOURS}:{_TWO}|{_LONG}-{_LONG}|{_LONG}"),
    "Time Start": re.compile(rf"{_LONG}|{_TWO}:{_TWO}"),
}
_FREE_TEXT = (
    *("Angles", "Location", "Room Layout", "Tape Location", "Transcriber", "Types", "Videos"),
    *("Activities", "Bck", "Page", "Situation", "T", "Bg", "Eg", "G"),
)
_WORD_GAPS = re.compile(r"[\s,.;?!<>\]]+")
_FREE_WORD = re.compile(r"[A-Za-z0-9(]|[^\x00-\x7f]|\^[A-Za-z]")
_EXTRA = {
    "Activities": ("=", '"', "-"),
    "Situation": ('"', "-", "[?"),
    "T": ('"', "-", "[?"),
    "Bg": ("=", "$", "-"),
    "Eg": ("=", "$", "-"),
    "G": ("=", "-"),
}
_LANGUAGE = re.compile(r"[a-z]{3}(?:-[A-Za-z0-9]+)*")
_CODE = re.compile(r"[!-*,-~]+")
_MEDIA_WORDS = frozenset({"audio", "video", "missing", "unlinked", "notrans"})


def header_problems(source: Source) -> Iterator[Problem]:
    """Check the headers' names and values."""
    for heading in source.headings:
        yield from _name(heading)
        check = _CHECKS.get(heading.name)
        if check is not None:
            yield from check(source, heading)
        if _OF_PEOPLE.fullmatch(heading.name):
            yield from _person(source, heading)
    yield from _missing_ids(source)
    yield from _gems(source)


def _name(heading: Heading) -> Iterator[Problem]:
    name = heading.name
    if name in _EITHER:
        return
    if name in _PLAIN:
        if heading.has_colon or heading.text:
            yield Problem(heading.number, "chat.header-colon", f"@{name} has no text.")
    elif name in _WITH_TEXT or _OF_PEOPLE.fullmatch(name):
        if not heading.has_colon:
            yield Problem(heading.number, "chat.header-colon", f"No colon follows @{name}.")
    elif next((p for p in _PLAIN | _WITH_TEXT if name.startswith(f"{p} ")), None):
        yield Problem(heading.number, "chat.header-colon", f"No colon follows the name of @{name[:40]}.")
    elif not _is_clock(name):
        hint = " (its text belongs to @ID today)" if _OLD_OF_PEOPLE.fullmatch(name) else ""
        yield Problem(heading.number, "chat.unknown-header", f"CHAT has no header @{name[:40]}{hint}.")


def _is_clock(name: str) -> bool:
    """Whether it is a time mark of Conversation Analysis, such as ``@12 (0.5)``."""
    return re.fullmatch(r"\d[\d().\s]*", name) is not None


def _participants(source: Source, heading: Heading) -> Iterator[Problem]:
    if heading.text.rstrip().endswith(","):
        yield Problem(heading.number, "chat.comma-at-end", "@Participants ends in a comma.")
    if re.search(r",\S", heading.text):
        yield Problem(heading.number, "chat.comma-space", "No space follows a comma in @Participants.")
    for entry in heading.text.split(","):
        words = entry.split()
        if len(words) > 3:
            message = f"{words[0]} has a name of several words; join them with _."
            yield Problem(heading.number, "chat.bad-participant", message)
        if len(words) > 1 and words[-1] not in ROLES:
            message = f"{words[-1]!r} is no role of CHAT."
            yield Problem(heading.number, "chat.unknown-role", message)
        if words and not _CODE.fullmatch(words[0]):
            yield Problem(heading.number, "chat.bad-participant", f"The code {words[0]!r} holds an unusual letter.")


def _languages(source: Source, heading: Heading) -> Iterator[Problem]:
    for code in heading.text.replace(",", " ").split():
        yield from language_problems(code, heading.number)


def language_problems(code: str, number: int) -> Iterator[Problem]:
    """Check a language code by its form."""
    if len(code) < 3 or code[2] == "-":
        yield Problem(number, "chat.short-language", f"The language code {code!r} has not three letters.")
    elif not _LANGUAGE.fullmatch(code):
        yield Problem(number, "chat.unknown-language", f"{code!r} is no language code.")


def _identity(source: Source, heading: Heading) -> Iterator[Problem]:
    number, fields = heading.number, [part.strip() for part in heading.text.split("|")]
    if len(fields) != ID_FIELDS + 1:
        yield Problem(number, "chat.bad-id", f"@ID has {len(fields) - 1} times |, not {ID_FIELDS}.")
    fields += [""] * (ID_FIELDS - len(fields))
    language, corpus, code, age, sex, _, ses, role = fields[:8]
    if not language:
        yield Problem(number, "chat.no-language", "@ID names no language.")
    for one in language.replace(",", " ").split():
        if one not in source.languages:
            yield Problem(number, "chat.language-not-listed", f"{one} is not in @Languages.")
    if not corpus:
        yield Problem(number, "chat.no-corpus", "@ID names no corpus.")
    yield from _age(age, number)
    if sex not in ("", "male", "female"):
        yield Problem(number, "chat.bad-sex", f"The sex of {code} is {sex!r}.")
    if not set(ses.replace(",", " ").split()) <= SES_VALUES:
        yield Problem(number, "chat.bad-ses", f"The SES of {code} is {ses!r}.")
    yield from _role(source, code, role, number)


def _age(age: str, number: int) -> Iterator[Problem]:
    if not age or _AGE.fullmatch(age):
        return
    if _SHORT_AGE.match(age):
        yield Problem(number, "chat.age-zero", f"The age {age} lacks a leading zero.")
    else:
        yield Problem(number, "chat.bad-age", f"The age {age!r} is not written as years;months.days.")


def _role(source: Source, code: str, role: str, number: int) -> Iterator[Problem]:
    declared = _declared(source)
    if code and code not in declared:
        yield Problem(number, "chat.undeclared-speaker", f"@ID names {code}, who is not in @Participants.")
    if not role:
        yield Problem(number, "chat.no-role", f"@ID gives {code} no role.")
    elif role not in ROLES:
        yield Problem(number, "chat.unknown-role", f"{role!r} is no role of CHAT.")
    if code in declared and declared[code] != role:
        message = f"{code} is {declared[code]} in @Participants and {role or 'nobody'} in @ID."
        yield Problem(number, "chat.role-differs", message)


def _declared(source: Source) -> dict[str, str]:
    """Return the role that ``@Participants`` gives each code."""
    entries = (e.split() for h in source.headings if h.name == "Participants" for e in h.text.split(","))
    return {words[0]: words[-1] if len(words) > 1 else "" for words in entries if words}


def _missing_ids(source: Source) -> Iterator[Problem]:
    ids = [fields[2].strip() for h in source.headings if h.name == "ID" if len(fields := h.text.split("|")) > 2]
    number = next((h.number for h in source.headings if h.name == "Participants"), 0)
    for code in _declared(source):
        if code not in ids:
            yield Problem(number, "chat.no-id", f"{code} has no @ID.")
    if not ids and not number:
        yield Problem(0, "chat.no-id", "The file has no @ID.")


def _date(source: Source, heading: Heading) -> Iterator[Problem]:
    text = heading.text.strip()
    if text and (not _DATE.fullmatch(text) or read_date(text) is None):
        yield Problem(heading.number, "chat.bad-date", f"{text!r} is not a date such as 05-NOV-2020.")


def _person(source: Source, heading: Heading) -> Iterator[Problem]:
    code = heading.name.rpartition(" ")[2]
    if not heading.name.startswith("Birth of"):
        return
    if code not in _declared(source):
        yield Problem(heading.number, "chat.undeclared-speaker", f"{code} is not in @Participants.")
    yield from _date(source, heading)


def _clock(source: Source, heading: Heading) -> Iterator[Problem]:
    for text in re.split(r"[,;\s]+", heading.text.strip()):
        if text and not _TIMES[heading.name].fullmatch(text):
            yield Problem(heading.number, "chat.bad-clock", f"{text!r} is not a time such as 00:12:30.")


def _values(source: Source, heading: Heading) -> Iterator[Problem]:
    for text in heading.text.replace(",", " ").split():
        if text not in _VALUES[heading.name]:
            yield Problem(heading.number, "chat.unknown-value", f"@{heading.name} has no value {text!r}.")


def _media(source: Source, heading: Heading) -> Iterator[Problem]:
    number, parts = heading.number, [part.strip() for part in heading.text.split(",")]
    name, words = parts[0].strip("\"'"), [w for part in parts[1:] for w in part.split()]
    if re.search(r"\s,", heading.text):
        yield Problem(number, "chat.media-comma", "@Media has a space before a comma.")
    if not {"audio", "video"} & set(words) and source.session.media is not None:
        yield Problem(number, "chat.bad-media", "@Media does not say audio or video.")
    for word in words:
        if word not in _MEDIA_WORDS:
            yield Problem(number, "chat.media-keyword", f"@Media has no value {word!r}.")
    stem = PurePath(source.name).stem
    if "mismatch" not in source.options and not name.lower().startswith("http") and name.lower() != stem.lower():
        yield Problem(number, "chat.media-name", f"@Media names {name!r}, but the file is {stem!r}.")


def _gems(source: Source) -> Iterator[Problem]:
    """Match each ``@Eg`` with the last open ``@Bg`` of the same label."""
    open_gems: dict[str, list[int]] = {}
    for heading in source.headings:
        if heading.name == "Bg":
            open_gems.setdefault(heading.text, []).append(heading.number)
        elif heading.name == "Eg":
            if not open_gems.get(heading.text):
                yield Problem(heading.number, "chat.gem-not-open", f"@Eg {heading.text} has no @Bg.")
            else:
                open_gems[heading.text].pop()
    for label, numbers in open_gems.items():
        yield from (Problem(n, "chat.gem-open", f"@Bg {label} has no @Eg.") for n in numbers)


def _free(source: Source, heading: Heading) -> Iterator[Problem]:
    """Check that free text consists of words: CHECK takes no sign that stands alone or begins a word."""
    for word in _WORD_GAPS.split(heading.text):
        if word and not _FREE_WORD.match(word) and not word.startswith(_EXTRA.get(heading.name, ())):
            yield Problem(heading.number, "chat.unknown-value", f"@{heading.name} has a sign that is no word, {word}.")


_CHECKS: dict[str, Callable[[Source, Heading], Iterator[Problem]]] = {
    "Participants": _participants,
    "Languages": _languages,
    "ID": _identity,
    "Date": _date,
    "Media": _media,
    **dict.fromkeys(_TIMES, _clock),
    **dict.fromkeys(_VALUES, _values),
    **dict.fromkeys(_FREE_TEXT, _free),
}
