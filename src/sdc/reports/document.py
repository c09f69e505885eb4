"""A report as data: sections of blocks, which every writer lays out in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["progress", "goals", "session", "letter"]
Audience = Literal["slp", "parent"]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; ``tone`` is ``note`` for what stands in small letters, ``mark`` for what must not be missed."""

    text: str
    tone: Literal["plain", "note", "mark"] = "plain"
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences one below the other."""

    items: tuple[str, ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, as identity blocks have them."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head.

    Attributes
    ----------
    title : str
        Names it, also for who hears the page read aloud.
    head : tuple[str, ...]
    rows : tuple[tuple[str, ...], ...]
        Each as long as ``head``.
    numeric : tuple[int, ...]
        Columns of figures, which stand to the right.
    wide : tuple[int, ...]
        Columns that take the width that is left.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG) with the words that stand for it."""

    svg: str
    alt: str
    caption: str = ""
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on by hand, with what belongs there."""

    label: str
    count: int
    kind: Literal["lines"] = "lines"


Block = Text | Listing | Facts | Table | Picture | Lines


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its blocks; ``key`` names what the reader may leave out (``building.SECTIONS``)."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """Whose report it is.

    Attributes
    ----------
    name : str
        Of the clinic or practice; empty: none is shown.
    logo : bytes or None
    logo_format : {"png", "jpg", "svg"} or None
    """

    name: str = ""
    logo: bytes | None = field(default=None, repr=False)
    logo_format: Literal["png", "jpg", "svg"] | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A therapist's name under a report.

    Attributes
    ----------
    signer : str
        Name and qualification.
    signed_at : str
        ISO UTC time.
    version : int
        From 1, among reports of this kind about the same.
    replaces : str or None
        ISO UTC time at which the version before was signed.
    text_sha256 : str
        Of everything that the report says (``signing.text_digest``).
    """

    signer: str
    signed_at: str
    version: int = 1
    replaces: str | None = None
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report, ready to be laid out.

    Attributes
    ----------
    kind : {"progress", "goals", "session", "letter"}
    audience : {"slp", "parent"}
    title : str
    subject : str
        The child's name as people write it.
    subtitle : str
        Period and date.
    mark : str
        Stands on top of each page: it is a draft until it is signed.
    sections : tuple[Section, ...]
    footer : str
    made_on : str
        ISO date.
    practice : Practice
    signature : Signature or None
        None: it is a draft.
    """

    kind: Kind
    audience: Audience
    title: str
    subject: str
    subtitle: str
    mark: str
    sections: tuple[Section, ...]
    footer: str
    made_on: str
    practice: Practice = field(default_factory=Practice)
    signature: Signature | None = None
