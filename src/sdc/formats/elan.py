"""ELAN's annotation documents (``.eaf``) → Session.

A tier without a parent is a speaker's, ``CHI`` or ``*CHI``; tiers under it, and tiers called ``mor@CHI``,
are dependent tiers of its lines. What SDC writes carries the CHAT headers as properties, which ELAN keeps.
ELAN declares no document type, so a file that does (entities that blow up need one) is refused.
Format: ELAN Annotation Format 3.0 (Max Planck Institute for Psycholinguistics).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from xml.etree import ElementTree as ET

from sdc.errors import AnnotationError
from sdc.formats.annotated import Annotated, AnnotatedLine, span_of, to_session
from sdc.formats.speaker_names import role_of
from sdc.formats.tier_names import dependent_name, speaker_label
from sdc.session import Media, Notice, Session, TimeSpan

HEADER_PROPERTY = "chat.header"
"""The property under which SDC keeps each CHAT header."""

MAX_DEPTH = 50
"""So many tiers may hang under one another."""

_MARKED_BULLET = re.compile(r"•((?:%[a-z]{3}:\"[^\"•]{0,200}\"(?:_\d{1,9}_\d{1,9})?)|\d{1,9}_\d{1,9})•")


def read_elan(data: bytes, *, source: str) -> Session:
    """Read an ELAN document.

    Raises
    ------
    AnnotationError
        ``annotation.not-elan``, ``annotation.no-lines``.
    """
    return to_session(_annotated(_parse(data, source), source), data, source=source, engine="sdc.elan")


class _NoDoctype(ET.TreeBuilder):
    """Builds the tree of a document that declares no type."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ET.ParseError("it declares a document type")


def _parse(data: bytes, source: str) -> ET.Element:
    try:
        parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314 -- no document type, so no entities
        parser.feed(data)
        root: ET.Element = parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (None,))[0]
        raise _not_elan("The file is not an ELAN document in readable XML.", source, line) from error
    if root.tag != "ANNOTATION_DOCUMENT":
        raise _not_elan("This XML file is not an ELAN document.", source, None)
    return root


def _not_elan(message: str, source: str, line: int | None) -> AnnotationError:
    hint = "Open it in ELAN and save it again as .eaf."
    return AnnotationError(message, code="annotation.not-elan", hint=hint, source=source, line=line)


@dataclass(slots=True)
class _Tier:
    """One tier: its annotations by id, each with text, span and the id of its parent annotation."""

    name: str
    parent: str | None
    participant: str | None
    texts: dict[str, str] = field(default_factory=dict)
    spans: dict[str, TimeSpan | None] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)


def _annotated(root: ET.Element, source: str) -> Annotated:
    tiers = _tiers(root, source)
    hung = _hang(tiers)
    lines: list[AnnotatedLine] = []
    for tier in tiers.values():
        if _is_root(tier, tiers):
            label = _label(tier)
            lines += (
                AnnotatedLine(label, text, tier.spans.get(key), hung.under(key)) for key, text in tier.texts.items()
            )
    if hung.n_lost:
        what = f"{hung.n_lost} annotation(s) of dependent tiers belong to no line; they are left out."
        return Annotated(tuple(lines), _headers(root), _media(root), (Notice("annotation.left-out", what),))
    return Annotated(tuple(lines), _headers(root), _media(root))


def _tiers(root: ET.Element, source: str) -> dict[str, _Tier]:
    slots = {
        slot.get("TIME_SLOT_ID"): _number(slot.get("TIME_VALUE")) for slot in root.iterfind("TIME_ORDER/TIME_SLOT")
    }
    tiers: dict[str, _Tier] = {}
    for element in root.iterfind("TIER"):
        name = element.get("TIER_ID")
        if not name or name in tiers:
            raise _not_elan("A tier of this document has no name of its own.", source, None)
        tier = tiers[name] = _Tier(name, element.get("PARENT_REF"), element.get("PARTICIPANT"))
        for annotation in element.iterfind("ANNOTATION/ALIGNABLE_ANNOTATION"):
            key = annotation.get("ANNOTATION_ID") or f"{name}/{len(tier.texts)}"
            tier.texts[key] = _text(annotation)
            start, end = slots.get(annotation.get("TIME_SLOT_REF1")), slots.get(annotation.get("TIME_SLOT_REF2"))
            tier.spans[key] = span_of(start, end)
        for annotation in element.iterfind("ANNOTATION/REF_ANNOTATION"):
            key = annotation.get("ANNOTATION_ID") or f"{name}/{len(tier.texts)}"
            tier.texts[key] = _text(annotation)
            tier.parents[key] = annotation.get("ANNOTATION_REF") or ""
    return tiers


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"\d{1,12}", text) else None


def _text(annotation: ET.Element) -> str:
    value = annotation.find("ANNOTATION_VALUE")
    return "" if value is None else "".join(value.itertext())


def _label(tier: _Tier) -> str:
    """Return who speaks on a tier: by its name where that says a role, else by its participant."""
    name = speaker_label(tier.name)
    return name if role_of(name) or not (tier.participant or "").strip() else speaker_label(tier.participant or "")


def _is_root(tier: _Tier, tiers: dict[str, _Tier]) -> bool:
    return tier.parent not in tiers and dependent_name(tier.name) is None


@dataclass(slots=True)
class _Hung:
    """Texts of dependent tiers, by the line that they belong to and their tier; and how many belong to none."""

    texts: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    n_lost: int = 0

    def add(self, key: str, tier: str, text: str) -> None:
        """Put a text under a line; several of one tier are one text, with spaces."""
        self.texts.setdefault(key, {}).setdefault(tier, []).append(text)

    def under(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return what stands under a line, with names as CHAT has them."""
        texts = self.texts.get(key, {})
        return tuple((dependent_name(tier, always=True) or "", " ".join(said)) for tier, said in texts.items())


def _hang(tiers: dict[str, _Tier]) -> _Hung:
    hung = _Hung()
    roots = {speaker_label(t.name): t for t in tiers.values() if _is_root(t, tiers)}
    timed = {t.name: _timed(t) for t in roots.values()}
    by_annotation = {key: tier for tier in tiers.values() for key in tier.texts}
    for tier in tiers.values():
        if _is_root(tier, tiers):
            continue
        root = _root_of(tier, tiers) or roots.get(tier.name.rpartition("@")[2])
        for key, text in tier.texts.items():
            line = _line_of(key, tier, root, by_annotation) or _around(key, tier, timed.get(root.name if root else ""))
            if line is None:
                hung.n_lost += bool(text.strip())
            elif text.strip():
                hung.add(line, tier.name, _MARKED_BULLET.sub("\u0015\\1\u0015", text.strip()))
    return hung


def _root_of(tier: _Tier, tiers: dict[str, _Tier]) -> _Tier | None:
    for _ in range(MAX_DEPTH):
        if tier.parent not in tiers:
            return tier if _is_root(tier, tiers) else None
        tier = tiers[tier.parent or ""]
    return None


def _line_of(key: str, tier: _Tier, root: _Tier | None, by_annotation: dict[str, _Tier]) -> str | None:
    """Return the line that an annotation refers to, over other annotations; None where it refers to none."""
    for _ in range(MAX_DEPTH):
        if tier is root:
            return key
        key = tier.parents.get(key, "")
        if key not in by_annotation:
            return None
        tier = by_annotation[key]
    return None


_Timed = list[tuple[int, int, str]]


def _timed(tier: _Tier) -> _Timed:
    return sorted((span.start_ms, span.end_ms, key) for key, span in tier.spans.items() if span is not None)


def _around(key: str, tier: _Tier, lines: _Timed | None) -> str | None:
    """Return the line in whose time an annotation begins."""
    span = tier.spans.get(key)
    if span is None or not lines:
        return None
    start, end, line = lines[max(0, bisect_right(lines, span.start_ms, key=itemgetter(0)) - 1)]
    return line if start <= span.start_ms <= end else None


def _headers(root: ET.Element) -> tuple[str, ...]:
    properties = root.iterfind("HEADER/PROPERTY")
    found = (" ".join((p.text or "").split("\n")) for p in properties if p.get("NAME") == HEADER_PROPERTY)
    return tuple(text for text in found if text.startswith("@") and not text.startswith(("@Begin", "@End")))


def _media(root: ET.Element) -> Media | None:
    for element in root.iterfind("HEADER/MEDIA_DESCRIPTOR"):
        url = element.get("RELATIVE_MEDIA_URL") or element.get("MEDIA_URL") or ""
        name = re.split(r"[/\\]", url)[-1]
        stem = name.rpartition(".")[0] or name
        if stem:
            return Media(stem, "video" if (element.get("MIME_TYPE") or "").startswith("video") else "audio")
    return None
