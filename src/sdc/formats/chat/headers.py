"""Header lines → the session's fields; what has no field is kept as ``Header``.

CHAT manual, chapter "File Headers".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from sdc.formats.chat.lines import Line
from sdc.session import Age, Header, Media, Notice, Participant

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
STRUCTURE = frozenset({"UTF8", "Begin", "End"})
"""Headers that frame the file; they are not kept."""

ID_FIELDS = 10
NO_CORPUS = "unnamed"
"""Stands in ``@ID`` where no corpus is known: CHECK wants a name. It is read as none."""

NO_LANGUAGE = "und"
"""ISO 639-3 for a language that is not determined; it is read as none."""

SPEAKER_CODE = r"[^\s:*,|]{1,40}"
"""What may be a speaker's code."""

_LAST_MONTH = 11
_LAST_DAY = 31
_DATE = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})")
_OF_SPEAKER = re.compile(r"(Age|Sex|Group|Ses|SES|Education|Birth) of (\S+)")


def read_date(text: str) -> str | None:
    """Return the ISO form of ``15-OCT-1962``; None when it is no date."""
    match = _DATE.fullmatch(text.strip())
    if match is None or match.group(2).upper() not in MONTHS:
        return None
    day, month, year = match.groups()
    try:
        return date(int(year), MONTHS.index(month.upper()) + 1, int(day)).isoformat()
    except ValueError:
        return None


def write_date(iso: str) -> str:
    """Return the CHAT form of an ISO date."""
    day = date.fromisoformat(iso)
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def read_age(text: str) -> Age | None:
    """Return an age; None when it is not one, or has more than 11 months or 31 days.

    ``2;14.`` may be meant as 2;11, 2;04 or 3;02: no guess is made.
    """
    age = Age.from_chat(text)
    if age is None or (age.months or 0) > _LAST_MONTH or (age.days or 0) > _LAST_DAY:
        return None
    return age


def split_header(text: str) -> tuple[str, str]:
    """Split a header such as ``@Date: 15-OCT-1962`` into name and text."""
    name, _, rest = text[1:].partition(":")
    return name.strip(), rest.strip()


def read_media(text: str) -> Media | None:
    """Read ``name, audio, unlinked``; None when it names no kind."""
    parts = [part.strip() for part in text.split(",")]
    for position in range(len(parts) - 1, 0, -1):
        kind: Literal["audio", "video"]
        if parts[position].lower() == "audio":
            kind = "audio"
        elif parts[position].lower() == "video":
            kind = "video"
        else:
            continue
        name = ",".join(text.split(",")[:position]).strip().strip('"').strip()
        return Media(name, kind, ", ".join(p for p in parts[position + 1 :] if p) or None) if name else None
    return None


@dataclass(slots=True)
class Headers:
    """What the headers told so far."""

    date: str | None = None
    languages: tuple[str, ...] = ()
    media: Media | None = None
    context: str | None = None
    declared: dict[str, Participant] = field(default_factory=dict)
    identified: dict[str, Participant] = field(default_factory=dict)
    others: list[Header] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def add(self, line: Line, before: int) -> None:
        """Take in one header line; ``before`` is the index of the next utterance."""
        name, text = split_header(line.text)
        if name in STRUCTURE:
            return
        if not self._take(name, text, line.number, before):
            self.others.append(Header(name, text, line.number, before))

    def _take(self, name: str, text: str, number: int, before: int) -> bool:
        """Put a header into its field; False when it is to be kept as written."""
        if name == "Participants":
            self._participants(text, number)
        elif name == "ID":
            self._identity(text, number)
        elif name == "Languages" and not self.languages and text:
            named = tuple(re.split(r"[,\s]+", text.strip(", ")))
            self.languages = () if named == (NO_LANGUAGE,) else named
        elif name == "Date" and self.date is None and before == 0:
            return self._date(text, number)
        elif name == "Media" and self.media is None and before == 0:
            return self._media(text, number)
        elif name == "Situation" and self.context is None and before == 0 and text:
            self.context = text
        else:
            return False
        return True

    def _warn(self, code: str, message: str, number: int) -> None:
        self.notices.append(Notice(code, message, number))

    def _date(self, text: str, number: int) -> bool:
        self.date = read_date(text)
        if self.date is None:
            self._warn("chat.bad-date", f"@Date {text!r} is not a date such as 15-OCT-1962.", number)
        return self.date is not None

    def _media(self, text: str, number: int) -> bool:
        self.media = read_media(text)
        if self.media is None:
            self._warn("chat.bad-media", f"@Media {text!r} is not a name and audio or video.", number)
        return self.media is not None

    def _participants(self, text: str, number: int) -> None:
        for entry in text.split(","):
            words = entry.split()
            if not words:
                continue
            code = words[0]
            if not re.fullmatch(SPEAKER_CODE, code):
                self._warn("chat.bad-participant", f"{code!r} in @Participants is no speaker code.", number)
                continue
            if code in self.declared:
                self._warn("chat.duplicate-participant", f"@Participants names {code} twice.", number)
                continue
            if len(words) == 1:
                self._warn("chat.no-role", f"@Participants gives {code} no role.", number)
            role = words[-1] if len(words) > 1 else "Unidentified"
            self.declared[code] = Participant(code, role, "_".join(words[1:-1]) or None)

    def _identity(self, text: str, number: int) -> None:
        fields = [part.strip() for part in text.split("|")]
        if len(fields) < ID_FIELDS:
            self._warn("chat.bad-id", f"@ID has {len(fields)} fields, not {ID_FIELDS}.", number)
            fields += [""] * (ID_FIELDS - len(fields))
        language, corpus, code, age, sex, group, ses, role, education, custom = (f or None for f in fields[:ID_FIELDS])
        corpus = None if corpus == NO_CORPUS else corpus
        language = None if language == NO_LANGUAGE else language
        if code is None or not re.fullmatch(SPEAKER_CODE, code):
            self._warn("chat.bad-id", "@ID names no speaker.", number)
            return
        if code in self.identified:
            self._warn("chat.duplicate-id", f"{code} has more than one @ID; the first one counts.", number)
            return
        years = read_age(age) if age else None
        if age and years is None:
            message = f"The age {age!r} of {code} is not written as years;months.days; it is left out."
            self._warn("chat.bad-age", message, number)
        self.identified[code] = Participant(
            code, role or "", None, years, sex, group, language, corpus, ses, education, custom
        )

    def participants(self, speakers: dict[str, int]) -> tuple[Participant, ...]:
        """Return all participants: as declared, then those with an ``@ID`` only, then those who only speak.

        Parameters
        ----------
        speakers : dict[str, int]
            Speaker codes of the main lines with the line where each first spoke.
        """
        codes = dict.fromkeys([*self.declared, *self.identified, *speakers])
        for code, number in speakers.items():
            if code not in self.declared:
                self._warn("chat.undeclared-speaker", f"{code} speaks and is not in @Participants.", number)
            elif self.identified and code not in self.identified:
                self._warn("chat.no-id", f"{code} has no @ID: no age, sex or group is known.", number)
        return tuple(self._of_speaker(self._merged(code)) for code in codes)

    def _merged(self, code: str) -> Participant:
        declared = self.declared.get(code, Participant(code))
        identity = self.identified.get(code)
        if identity is None:
            return declared
        return replace(identity, role=identity.role or declared.role, name=declared.name)

    def _of_speaker(self, participant: Participant) -> Participant:
        """Fill what ``@ID`` leaves open from headers such as ``@Age of CHI``."""
        for header in self.others:
            match = _OF_SPEAKER.fullmatch(header.name)
            if match is None or match.group(2) != participant.code or not header.text:
                continue
            topic, text = match.group(1).lower(), header.text
            if topic == "age":
                participant = replace(participant, age=participant.age or read_age(text))
            elif topic == "birth":
                participant = replace(participant, age=participant.age or age_between(read_date(text), self.date))
            else:
                participant = _filled(participant, topic, text)
        return participant


def _filled(participant: Participant, topic: str, text: str) -> Participant:
    """Set one of the fields that are plain text, unless it is set."""
    match topic:
        case "sex":
            return replace(participant, sex=participant.sex or text)
        case "group":
            return replace(participant, group=participant.group or text)
        case "ses":
            return replace(participant, ses=participant.ses or text)
        case _:
            return replace(participant, education=participant.education or text)


def age_between(birth: str | None, day: str | None) -> Age | None:
    """Return the age on a day; None when a date is missing or the day is before birth."""
    if birth is None or day is None:
        return None
    born, today = date.fromisoformat(birth), date.fromisoformat(day)
    if today < born:
        return None
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    days = (today - date(year, month + 1, min(born.day, last))).days
    return Age(months // 12, months % 12, days)
