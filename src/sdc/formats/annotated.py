"""Lines of time-aligned annotation (ELAN, Praat, captions) → Session.

Each line is put as a CHAT main line and read by the one CHAT reader, so a session from any of these
formats is a session as CHAT has it. Text in CHAT's notation stays as it is; plain spelling becomes CHAT
as a recogniser's does: sentences are told apart, a capital at their start goes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sdc.errors import AnnotationError
from sdc.formats.chat.bullets import NAK, split_bullets, write_bullet
from sdc.formats.chat.headers import NO_LANGUAGE
from sdc.formats.chat.mainline import read_main_line
from sdc.formats.chat.reader import read_chat
from sdc.formats.orthography import Spelling
from sdc.formats.recognised import RecognisedSegment, to_utterances
from sdc.formats.speaker_names import codes_of, role_of
from sdc.session import UNKNOWN_SPEAKER, Media, Notice, Provenance, Session, TimeSpan, TokenKind, Utterance

READER_VERSION = "1"

ENGINES = frozenset({"sdc.elan", "sdc.textgrid", "sdc.srt", "sdc.vtt"})
"""Names of the readers, as the provenance of their sessions has them."""

MAX_TIME_MS = 999_999_999
"""A later time is none: what a time bullet of CHAT can hold."""

MAX_TEXT_CHARS = 50_000
"""A longer annotation is refused: an hour of talk has about as many characters."""

MAX_LINES = 100_000
"""More annotations that say something are refused: a day's talk has fewer."""

MAX_CHARS = 1_000_000
"""More characters in all of them are refused: twenty hours of talk have about as many, read in seconds."""

MAX_SPEAKERS = 200
"""More labels than these are no speakers."""

_IN_CHAT = re.compile(
    r"(?:^|\s)(?:&[-+=~*]\S|(?:xxx|yyy|www|0)(?=$|[\s.?!])|\+[<\"^+,/.!?])|\[(?:[/*!?:=%+<>]|-\s)|\w@[a-z]+\b|\((?:\.{1,3}|\d+\.\d*)\)|[⌈⌉⌊⌋→↘↗∙\x02]"
)
_SET_APART = re.compile(r"(?:^|\s)(?:[.?!]|\+\S{1,4}[.?!])\s*(?:\[\+ [^\[\]]*\]\s*)*$")


@dataclass(frozen=True, slots=True)
class AnnotatedLine:
    """What one annotation says.

    Attributes
    ----------
    label : str or None
        Who says it, as the file names the speaker.
    text : str
    span : TimeSpan or None
    tiers : tuple[tuple[str, str], ...]
        Name and text of its dependent tiers, as CHAT names them.
    """

    label: str | None
    text: str
    span: TimeSpan | None
    tiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """What one file says.

    Attributes
    ----------
    lines : tuple[AnnotatedLine, ...]
    headers : tuple[str, ...]
        CHAT headers that SDC wrote into the file; then its lines are CHAT as they stand.
    media : Media or None
    notices : tuple[Notice, ...]
    is_captions : bool
        A sentence may go on in the next line: captions are cut for the eye.
    """

    lines: tuple[AnnotatedLine, ...]
    headers: tuple[str, ...] = ()
    media: Media | None = None
    notices: tuple[Notice, ...] = ()
    is_captions: bool = False


def to_session(found: Annotated, data: bytes, *, source: str, engine: str) -> Session:
    """Return the session that a file's annotations make.

    Parameters
    ----------
    found : Annotated
    data : bytes
        The file, for the session's provenance.
    source : str
        Its name, for ``Session.source`` and errors.
    engine : str
        Name of the reader, one of ``ENGINES``.

    Returns
    -------
    Session
        Lines in the order of their times. A speaker whose label says no role is ``Unidentified``; a
        notice tells when nobody is said to be the child.

    Raises
    ------
    AnnotationError
        ``annotation.no-lines``: nobody says anything in it; ``annotation.too-much``: too many speakers, or
        an annotation that is far too long.
    ChatError
        ``chat.line-too-long``, ``chat.binary``.
    """
    lines = [line for line in found.lines if line.text.strip()]
    _refuse_excess(lines, source)
    codes = _codes(lines, found.headers)
    composed = list(_compose(found, _in_order(lines), codes))
    if not composed:
        raise AnnotationError(
            "No line of a speaker stands in this file.",
            code="annotation.no-lines",
            hint="Each speaker needs a tier (or label) of their own that holds what was said.",
            source=source,
        )
    text = "".join(f"{line}\n" for line in [*_frame(found, codes, source), *(c.text for c in composed), "@End"])
    session = read_chat(text, source=source)
    first = text[: text.index("\n*")].count("\n") + 2
    owners = {first + position: item.owner for position, item in enumerate(composed)}
    notices = (*found.notices, *(_without_line(n, owners) for n in session.warnings), *_of_sentences(composed))
    return replace(
        session,
        utterances=tuple(map(_unnumbered, session.utterances)),
        headers=tuple(replace(header, line=None) for header in session.headers),
        warnings=(*dict.fromkeys(notices), *_of_people(session)),
        provenance=(Provenance("read", engine, READER_VERSION, revision=hashlib.sha256(data).hexdigest()),),
    )


def _refuse_excess(lines: Sequence[AnnotatedLine], source: str) -> None:
    limits = (
        (max((len(line.text) for line in lines), default=0), MAX_TEXT_CHARS, "an annotation of {:,} characters"),
        (len({line.label for line in lines}), MAX_SPEAKERS, "{:,} speakers"),
        (len(lines), MAX_LINES, "{:,} annotations"),
        (sum(len(line.text) for line in lines), MAX_CHARS, "{:,} characters of speech"),
    )
    for n, most, what in limits:
        if n > most:
            raise AnnotationError(
                f"The file has {what.format(n)}; no transcript has.",
                code="annotation.too-much",
                hint="Check that a tier is a speaker's, an annotation one utterance, and the file one recording.",
                source=source,
            )


def decode_text(data: bytes, *, source: str) -> str:
    """Return a file's text: UTF-8, or UTF-16 with a byte order mark; line feeds as line ends.

    Raises
    ------
    AnnotationError
        ``annotation.encoding``, ``annotation.empty``.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise AnnotationError(
            "The file is neither UTF-8 nor UTF-16 text.",
            code="annotation.encoding",
            hint="Save it again as UTF-8 (in Praat: Preferences, Text writing preferences).",
            source=source,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    if not text.strip():
        raise AnnotationError(
            "The file is empty.", code="annotation.empty", hint="Export the transcript again.", source=source
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def span_of(start_ms: int | None, end_ms: int | None) -> TimeSpan | None:
    """Return a span; None where a time is not known, out of reach, or the end lies before the start."""
    if start_ms is None or end_ms is None or not 0 <= start_ms <= end_ms <= MAX_TIME_MS:
        return None
    return TimeSpan(start_ms, end_ms)


def own_media(source: str) -> Media:
    """Return the recording that times without a named recording belong to: it goes by the file's name."""
    return Media(PurePath(source).stem, "audio", "missing")


@dataclass(frozen=True, slots=True)
class _Composed:
    """A line of CHAT, and who says it when, for notices; ``n_sentences`` of a line that was cut."""

    text: str
    owner: str
    n_sentences: int = 1


def _in_order(lines: Sequence[AnnotatedLine]) -> list[AnnotatedLine]:
    """Return lines by their times; one without a time stays behind the one that it follows."""
    keys, last = [], -1
    for position, line in enumerate(lines):
        last = line.span.start_ms if line.span else last
        keys.append((last, position))
    return [lines[position] for _, position in sorted(keys)]


def _codes(lines: Sequence[AnnotatedLine], headers: Sequence[str]) -> dict[str, str]:
    labels = list(dict.fromkeys(line.label for line in lines if line.label is not None))
    return {label: label for label in labels} if headers else codes_of(labels)


def _frame(found: Annotated, codes: dict[str, str], source: str) -> Iterator[str]:
    yield from ("@UTF8", "@Begin")
    if found.headers:
        yield from found.headers
        return
    people = [" ".join(_declared(label, code)) for label, code in codes.items()]
    if any(line.label is None for line in found.lines):
        people.append(f"{UNKNOWN_SPEAKER} Unidentified")
    yield f"@Languages:\t{NO_LANGUAGE}"
    yield f"@Participants:\t{' , '.join(people)}"
    media = found.media or (own_media(source) if any(line.span for line in found.lines) else None)
    if media is not None:
        name = re.sub(r'[\s",]+', "_", media.name)
        yield f"@Media:\t{', '.join(filter(None, (name, media.kind, media.status)))}"


def _declared(label: str, code: str) -> Iterator[str]:
    """Return code, name and role as ``@Participants`` has them."""
    role = role_of(label)
    yield code
    if role is None and label != code:
        yield re.sub(r"[,\s]+", "_", label.strip())
    yield role or "Unidentified"


def _compose(found: Annotated, lines: Sequence[AnnotatedLine], codes: dict[str, str]) -> Iterator[_Composed]:
    plain = [line for line in lines if not found.headers and not is_chat(line.text)]
    spelling = Spelling.of(None, (line.text for line in plain))
    waiting: list[AnnotatedLine] = []
    for line in lines:
        is_plain = not found.headers and not is_chat(line.text)
        if waiting and not (is_plain and found.is_captions):
            yield from _spelt(waiting, codes, spelling)
            waiting = []
        if is_plain:
            waiting.append(line)
        else:
            text = " ".join(split_bullets(" ".join(line.text.split()))[0].replace(NAK, "").split())
            yield from _main_line(line, text if found.headers else _terminated(text), line.span, codes)
    yield from _spelt(waiting, codes, spelling)


def is_chat(text: str) -> bool:
    """Whether a text is in CHAT's notation: a code of CHAT stands in it, or its terminator is set apart."""
    plain = " ".join(text.split())
    if _IN_CHAT.search(plain):
        return True
    ends = [token for token in read_main_line(plain).tokens if token.kind is TokenKind.TERMINATOR]
    return _SET_APART.search(plain) is not None and len(ends) == 1


def _terminated(text: str) -> str:
    """Return a CHAT line with a full stop where it has no terminator: the end of an annotation ends the line."""
    if any(token.kind is TokenKind.TERMINATOR for token in read_main_line(text).tokens):
        return text
    cut = len(text)
    while text.endswith("]", 0, cut) and text.startswith("[+ ", at := max(text.rfind("[", 0, cut), 0)):
        cut = len(text[:at].rstrip())  # postcodes stand behind the terminator
    return f"{text[:cut]} . {text[cut:].strip()}".rstrip()


def _spelt(lines: Sequence[AnnotatedLine], codes: dict[str, str], spelling: Spelling) -> Iterator[_Composed]:
    segments = [
        RecognisedSegment(
            line.text,
            line.span.start_ms / 1000 if line.span else None,
            line.span.end_ms / 1000 if line.span else None,
            speaker=codes[line.label] if line.label is not None else None,
        )
        for line in lines
    ]
    made = to_utterances(segments, speaker=UNKNOWN_SPEAKER, spelling=spelling)
    labels = {code: label for label, code in codes.items()}
    tiers = lines[0].tiers if len(lines) == 1 else ()
    for utterance in made:
        line = AnnotatedLine(labels.get(utterance.speaker), utterance.raw, utterance.span, tiers)
        untimed = utterance.span is None and any(segment.start_s is not None for segment in segments)
        yield from _main_line(line, utterance.raw, utterance.span, codes, 2 if untimed else 1)
        tiers = ()


def _main_line(
    line: AnnotatedLine, text: str, span: TimeSpan | None, codes: dict[str, str], n_sentences: int = 1
) -> Iterator[_Composed]:
    code = codes[line.label] if line.label is not None else UNKNOWN_SPEAKER
    owner = f"{code} at {span.start_ms / 1000:.3f} s" if span else code
    yield _Composed(f"*{code}:\t{text}" + (f" {write_bullet(span)}" if span else ""), owner, n_sentences)
    for name, tier in line.tiers:
        yield _Composed(f"%{name}:\t{' '.join(tier.split())}", owner)


def _without_line(notice: Notice, owners: dict[int, str]) -> Notice:
    """Return a notice that says who and when: the file has no such line number."""
    owner = owners.get(notice.line or 0)
    return Notice(notice.code, f"{owner}: {notice.message}" if owner else notice.message)


def _unnumbered(utterance: Utterance) -> Utterance:
    return replace(utterance, line=None, tiers=tuple(replace(tier, line=None) for tier in utterance.tiers))


def _of_sentences(composed: Sequence[_Composed]) -> Iterator[Notice]:
    n_cut = sum(item.n_sentences > 1 for item in composed)
    if n_cut:
        what = f"{n_cut} sentence(s) share an annotation with others, so they have no times of their own."
        yield Notice("annotation.several-sentences", what)


def _of_people(session: Session) -> Iterator[Notice]:
    unnamed = sum(u.speaker == UNKNOWN_SPEAKER for u in session.utterances)
    if unnamed:
        what = f"{unnamed} of {len(session.utterances)} lines name no speaker; they are kept under {UNKNOWN_SPEAKER}."
        yield Notice("annotation.no-speakers", what)
    if session.target is None:
        there = ", ".join(session.speakers())
        yield Notice(
            "annotation.no-child", f"No tier or label says who the child is; there are {there}. Name the child's CHI."
        )
