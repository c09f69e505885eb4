"""Read a CHAT transcript.

Lines → headers, main lines with their tiers → Session. Damage becomes a notice with its
line; only what is not CHAT at all, or was cut off, is refused.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from sdc.errors import ChatError
from sdc.formats.chat.alignment import mor_fits
from sdc.formats.chat.bullets import bullet_span, find_bullets, split_bullets
from sdc.formats.chat.headers import SPEAKER_CODE, Headers
from sdc.formats.chat.lines import Line, decode, unfold
from sdc.formats.chat.mainline import read_main_line
from sdc.formats.chat.timing import with_word_times
from sdc.session import (
    UNKNOWN_SPEAKER,
    DependentTier,
    Notice,
    Provenance,
    Session,
    TimeSpan,
    Token,
    TokenKind,
    Utterance,
)

READER_VERSION = "2"

_CA_OPTION = re.compile(r"@Options:.*\bCA\b")
MAIN_LINE = re.compile(rf"\*({SPEAKER_CODE})[ \t]*:")
_CODE_ONLY = re.compile(r"\*([A-Z][A-Z0-9_-]{1,9})[ \t]+")
_TIER = re.compile(r"%([^\s:]{1,40})[ \t]*:?")


def read_chat(data: bytes | str, *, source: str, strict_encoding: bool = False) -> Session:
    """Read a CHAT transcript.

    Parameters
    ----------
    data : bytes or str
        The whole file.
    source : str
        Its name, for ``Session.source`` and errors.
    strict_encoding : bool
        Refuse a file that is not UTF-8 (``chat.invalid-utf8``) rather than replace what
        cannot be decoded, with a notice.

    Returns
    -------
    Session
        One utterance for each main line; damage stands in ``warnings``.

    Raises
    ------
    ChatError
        ``chat.empty``, ``chat.binary``, ``chat.no-begin``, ``chat.line-too-long``,
        ``chat.truncated``, ``chat.invalid-utf8``.
    """
    text, notices = decode(data, source=source, strict=strict_encoding)
    lines, stray = unfold(text, source=source)
    _refuse_other(lines, source)
    reader = _Reader(source, [*notices, *stray])
    for line in lines:
        reader.take(line)
    reader.end(lines[-1], is_cut=not text.endswith("\n"))
    return reader.session(_provenance(data))


def _provenance(data: bytes | str) -> Provenance:
    content = data if isinstance(data, bytes) else data.encode("utf-8", errors="surrogatepass")
    return Provenance("read", "sdc.chat", READER_VERSION, revision=hashlib.sha256(content).hexdigest())


def _refuse_other(lines: list[Line], source: str) -> None:
    if any(_is_header(line, "Begin") for line in lines):
        return
    raise ChatError(
        "The file has no @Begin line, so it is not a CHAT transcript.",
        code="chat.no-begin",
        hint="A transcript begins with @UTF8 and @Begin and ends with @End; export it again as CHAT.",
        source=source,
        line=lines[0].number if lines else 1,
    )


def _is_header(line: Line, name: str) -> bool:
    return line.text.rstrip(": \t") == f"@{name}"


@dataclass(slots=True)
class _Draft:
    """An utterance while its tiers still come in: its fields without tokens and tiers, and those two."""

    fields: dict[str, Any]
    tokens: tuple[Token, ...]
    tiers: list[DependentTier] = field(default_factory=list)

    def finish(self) -> Utterance:
        tokens = with_word_times(self.tokens, self.tiers)
        return Utterance(tokens=tokens, tiers=tuple(self.tiers), **self.fields)


class _Reader:
    """Takes in one logical line after the other."""

    def __init__(self, source: str, notices: list[Notice]) -> None:
        self.source = source
        self.notices = notices
        self.headers = Headers()
        self.drafts: list[_Draft] = []
        self.speakers: dict[str, int] = {}
        self.told: set[str] = set()
        self.began = self.ended = self.is_ca = False

    def take(self, line: Line) -> None:
        mark = line.text[0]
        if mark == "@":
            self._header(line)
            return
        if not self.began and mark == "*":
            self._warn_once("chat.before-begin", "This line stands before @Begin.", line.number)
        if self.ended:
            self._warn_once("chat.after-end", "This line stands after @End.", line.number)
        if mark == "*":
            self._main_line(line)
        else:
            self._tier(line)

    def _warn(self, code: str, message: str, line: int | None) -> None:
        self.notices.append(Notice(code, message, line))

    def _warn_once(self, code: str, message: str, line: int) -> None:
        if code not in self.told:
            self.told.add(code)
            self._warn(code, message, line)

    def _header(self, line: Line) -> None:
        if _is_header(line, "Begin"):
            self.began = True
        elif _is_header(line, "End"):
            self.ended = True
        else:
            # Conversation Analysis transcripts need no terminators.
            self.is_ca = self.is_ca or _CA_OPTION.match(line.text) is not None
            self.headers.add(line, len(self.drafts))

    def _main_line(self, line: Line) -> None:
        speaker, body = self._speaker(line)
        raw, bullets = split_bullets(body)
        # One bullet at the end is the utterance's time; more, or one inside, are tokens in their places.
        parsed = read_main_line(raw if _is_final(body, bullets) else body)
        if parsed.problems:
            self.notices += parsed.notices(line.number)
        if not self.is_ca and TokenKind.TERMINATOR not in [t.kind for t in parsed.tokens]:
            self._warn("chat.no-terminator", "The utterance has no terminator such as . ? or !", line.number)
        if len(find_bullets(body)) > len(bullets):
            self._warn("chat.bad-time", "A time bullet ends before it starts; it is left out.", line.number)
        self.speakers.setdefault(speaker, line.number)
        fields = {
            "index": len(self.drafts),
            "speaker": speaker,
            "raw": raw,
            "scopes": tuple(parsed.scopes),
            "postcodes": tuple(parsed.postcodes),
            "language": parsed.language,
            "span": _span(bullets) if bullets else None,
            "line": line.number,
        }
        self.drafts.append(_Draft(fields, tuple(parsed.tokens)))

    def _speaker(self, line: Line) -> tuple[str, str]:
        """Return speaker code and body; a line without a code is kept under ``UNK``."""
        if match := MAIN_LINE.match(line.text):
            return match.group(1), line.text[match.end() :].strip()
        if match := _CODE_ONLY.match(line.text):
            self._warn("chat.no-colon", f"There is no colon after the speaker code {match.group(1)}.", line.number)
            return match.group(1), line.text[match.end() :].strip()
        self._warn("chat.no-speaker", "This main line names no speaker; it is kept under UNK.", line.number)
        return UNKNOWN_SPEAKER, line.text[1:].lstrip(": \t")

    def _tier(self, line: Line) -> None:
        match = _TIER.match(line.text)
        name, text = (match.group(1), line.text[match.end() :].strip()) if match else ("", line.text[1:].strip(": \t"))
        if not name or ":" not in line.text:
            self._warn("chat.bad-tier", "This tier has no name that ends in a colon.", line.number)
        tier = DependentTier(name, text, line.number)
        if self.drafts:
            self.drafts[-1].tiers.append(tier)
        else:
            self._warn("chat.orphan-tier", f"%{name} stands before any utterance; it is left out.", line.number)

    def end(self, last: Line, *, is_cut: bool) -> None:
        """Tell a file that was cut off from one that lacks only ``@End``.

        Cut off is what ends inside a line, or before the first utterance. ``is_cut`` says
        that the file does not even end in a line end.
        """
        if self.ended:
            return
        if is_cut or not self.drafts or _is_cut(last, self.is_ca):
            raise ChatError(
                f"The file breaks off in its last line and has no @End; {len(self.drafts)} utterance(s) could be read.",
                code="chat.truncated",
                hint="Export it again; or complete the last line and add a line @End.",
                source=self.source,
                line=last.number,
            )
        self._warn("chat.no-end", "The file has no @End; it may be incomplete.", last.number)

    def session(self, provenance: Provenance) -> Session:
        headers = self.headers
        participants = headers.participants(self.speakers)
        utterances = tuple(draft.finish() for draft in self.drafts)
        self.notices += _mor_notices(utterances)
        return Session(
            source=self.source,
            date=headers.date,
            languages=headers.languages,
            participants=participants,
            utterances=utterances,
            media=headers.media,
            context=headers.context,
            headers=tuple(headers.others),
            warnings=tuple(sorted([*self.notices, *headers.notices], key=lambda notice: notice.line or 0)),
            provenance=(provenance,),
        )


def _mor_notices(utterances: tuple[Utterance, ...]) -> list[Notice]:
    """Tell which ``%mor`` tiers do not fit their main lines."""
    message = "%mor has another number of items than its main line has words; measures of %mor leave the line out."
    bad = (utterance.tier("mor") for utterance in utterances if not mor_fits(utterance))
    return [Notice("chat.mor-length", message, tier.line) for tier in bad if tier is not None]


def _is_final(body: str, bullets: list[str]) -> bool:
    """Whether the line has at most one bullet, at its end."""
    return not bullets or (len(bullets) == 1 and body.rstrip().endswith(bullets[0].strip()))


def _span(bullets: list[str]) -> TimeSpan | None:
    """From the first bullet's start to the last one's end."""
    spans = [span for bullet in bullets if (span := bullet_span(bullet)) is not None]
    if not spans:
        return None
    return TimeSpan(min(s.start_ms for s in spans), max(s.end_ms for s in spans))


def _is_cut(line: Line, is_ca: bool) -> bool:
    """Whether the last line of a file without ``@End`` is visibly incomplete."""
    text = line.text
    if text.count("\u0015") % 2 or text.count("[") > text.count("]"):
        return True
    if text.startswith("*"):
        match = MAIN_LINE.match(text)
        tokens: list[Token] = read_main_line(text[match.end() :]).tokens if match else []
        return not (is_ca and tokens) and not any(t.kind is TokenKind.TERMINATOR for t in tokens)
    return text.startswith("%") and not text.partition(":")[2].strip()
