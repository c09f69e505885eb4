"""Language names of Whisper → the codes that CHAT uses (ISO 639-3) → the tags of web pages (BCP 47)."""

from __future__ import annotations

_CODES = """
en eng english|fr fra french|de deu german|es spa spanish|it ita italian|pt por portuguese|nl nld dutch
da dan danish|sv swe swedish|no nor norwegian|nn nno nynorsk|fi fin finnish|is isl icelandic|et est estonian
lv lav latvian|lt lit lithuanian|pl pol polish|cs ces czech|sk slk slovak|sl slv slovenian|hr hrv croatian
sr srp serbian|bs bos bosnian|mk mkd macedonian|bg bul bulgarian|ro ron romanian|hu hun hungarian|el ell greek
tr tur turkish|ru rus russian|uk ukr ukrainian|be bel belarusian|he heb hebrew|ar ara arabic|fa fas persian
hi hin hindi|ur urd urdu|bn ben bengali|ta tam tamil|te tel telugu|zh zho chinese|yue yue cantonese
ja jpn japanese|ko kor korean|vi vie vietnamese|th tha thai|id ind indonesian|ms msa malay|tl tgl tagalog
ca cat catalan|gl glg galician|eu eus basque|cy cym welsh|ga gle irish|af afr afrikaans|sw swa swahili
"""
_ROWS = [row.split() for row in _CODES.strip().replace("\n", "|").split("|")]
_TO_CHAT = {name: row[1] for row in _ROWS for name in row}
_TO_TAG = {code: tag for tag, code, _ in _ROWS}


def chat_language(name: str | None) -> str | None:
    """Return the ISO 639-3 code for Whisper's ``en``, ``english`` or ``eng``; what is not known stays as it is."""
    if name is None:
        return None
    plain = name.strip().lower()
    return _TO_CHAT.get(plain, plain) or None


def language_tag(code: str) -> str:
    """Return how web pages call a language of CHAT: ``en`` for ``eng``.

    What has no code of two letters here keeps its three.

    References
    ----------
    RFC 5646 (BCP 47), section 2.2.1: of several codes of ISO 639 the shortest is the tag.
    """
    return _TO_TAG.get(code, code)
