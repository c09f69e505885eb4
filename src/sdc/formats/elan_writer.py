"""Write a session as an ELAN document: a tier a speaker, its dependent tiers under it, CHAT headers as properties."""

from __future__ import annotations

import re
from itertools import count
from mimetypes import guess_type
from pathlib import PurePath
from xml.etree import ElementTree as ET

from sdc.formats.aligned import Aligned, Lane, lanes_of, tiers_of
from sdc.formats.chat.bullets import NAK
from sdc.formats.elan import HEADER_PROPERTY
from sdc.formats.tier_names import dependent_tier
from sdc.session import Media

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
_UNDATED = "1970-01-01"
"""ELAN wants a date of the document; the session's own stands among the CHAT headers."""

_CONSTRAINTS = {
    "Time_Subdivision": "Time subdivision of parent annotation's time interval, no time gaps allowed",
    "Symbolic_Subdivision": "Symbolic subdivision of a parent annotation; annotations refer to it in order",
    "Symbolic_Association": "1-1 association with a parent annotation",
    "Included_In": "Time alignable annotations within the parent annotation's time interval, gaps are allowed",
}


def write_elan(aligned: Aligned, *, date: str | None) -> str:
    """Return an ELAN document (EAF 3.0) as text; the same session gives the same text."""
    ET.register_namespace("xsi", _SCHEMA[1:].partition("}")[0])
    root = ET.Element(
        "ANNOTATION_DOCUMENT", AUTHOR="", DATE=f"{date or _UNDATED}T00:00:00Z", FORMAT="3.0", VERSION="3.0"
    )
    root.set(_SCHEMA, "http://www.mpi.nl/tools/elan/EAFv3.0.xsd")
    header = ET.SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    _describe(header, aligned.media)
    for text in aligned.headers:
        ET.SubElement(header, "PROPERTY", NAME=HEADER_PROPERTY).text = _xml(text)
    slots = ET.SubElement(root, "TIME_ORDER")
    lanes, _ = lanes_of(aligned)
    ids = count(1)
    for lane in lanes:
        _write_lane(root, slots, lane, ids)
    slots[:] = sorted(slots, key=lambda slot: int(slot.get("TIME_VALUE", "0")))  # ELAN reads them as an order
    ET.SubElement(root, "LINGUISTIC_TYPE", GRAPHIC_REFERENCES="false", LINGUISTIC_TYPE_ID="line", TIME_ALIGNABLE="true")
    ET.SubElement(
        root,
        "LINGUISTIC_TYPE",
        CONSTRAINTS="Symbolic_Association",
        GRAPHIC_REFERENCES="false",
        LINGUISTIC_TYPE_ID="dependent",
        TIME_ALIGNABLE="false",
    )
    for name, description in _CONSTRAINTS.items():
        ET.SubElement(root, "CONSTRAINT", DESCRIPTION=description, STEREOTYPE=name)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _describe(header: ET.Element, media: Media | None) -> None:
    if media is None or not PurePath(media.name).suffix:
        return  # CHAT names a recording without its ending, and ELAN needs a file
    url, mime = f"./{media.name}", guess_type(media.name)[0] or f"{media.kind}/*"
    ET.SubElement(header, "MEDIA_DESCRIPTOR", MEDIA_URL=url, MIME_TYPE=mime, RELATIVE_MEDIA_URL=url)


def _write_lane(root: ET.Element, slots: ET.Element, lane: Lane, ids: count[int]) -> None:
    name = _xml(lane.name)
    tier = ET.SubElement(root, "TIER", LINGUISTIC_TYPE_REF="line", PARTICIPANT=_xml(lane.speaker), TIER_ID=name)
    under: dict[str, ET.Element] = {}
    for line in lane.lines:
        key = f"a{next(ids)}"
        ends = []
        for time in (line.span.start_ms, line.span.end_ms):
            ends.append(f"ts{len(slots) + 1}")
            ET.SubElement(slots, "TIME_SLOT", TIME_SLOT_ID=ends[-1], TIME_VALUE=str(time))
        place = ET.SubElement(tier, "ANNOTATION")
        annotation = ET.SubElement(
            place, "ALIGNABLE_ANNOTATION", ANNOTATION_ID=key, TIME_SLOT_REF1=ends[0], TIME_SLOT_REF2=ends[1]
        )
        ET.SubElement(annotation, "ANNOTATION_VALUE").text = _xml(line.text)
        for dependent, number, text in tiers_of(line):
            called = _xml(dependent_tier(dependent, lane.name, number))
            if called not in under:
                under[called] = ET.Element(
                    "TIER",
                    LINGUISTIC_TYPE_REF="dependent",
                    PARENT_REF=name,
                    PARTICIPANT=_xml(lane.speaker),
                    TIER_ID=called,
                )
            ref = ET.SubElement(
                ET.SubElement(under[called], "ANNOTATION"),
                "REF_ANNOTATION",
                ANNOTATION_ID=f"a{next(ids)}",
                ANNOTATION_REF=key,
            )
            ET.SubElement(ref, "ANNOTATION_VALUE").text = _xml(text)
    root.extend(under.values())


def _xml(text: str) -> str:
    """Return text as XML can hold it: bullets with CLAN's dot, no control characters."""
    return _NO_XML.sub("", text.replace(NAK, "•"))
