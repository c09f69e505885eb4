"""What can go wrong, as a tree.

::

    SDCError                    everything SDC raises on purpose
    ├── InputError              one input (a file, an upload) cannot be used; the others go on
    │   ├── MissingInputError   no such file or folder, or nothing usable in it
    │   ├── ChatError           not a CHAT transcript, or damaged beyond reading
    │   ├── TranscriptJsonError not a Whisper result or session JSON that we know
    │   ├── AnnotationError     not an ELAN document, TextGrid or captions that can be read or written
    │   ├── MediaError          not audio or video that can be decoded, too long, without sound
    │   └── ConflictError       contradicts what is already stored
    ├── EngineError             an engine cannot run here
    │   ├── ModelMissingError   a model is not on disk and may not or cannot be fetched
    │   └── ExtraMissingError   an optional extra is not installed
    ├── StoreError              the store refused
    │   └── NotFoundError       no such child, session, job, upload
    ├── AccessError             not signed in, or not allowed
    ├── ConsentError            nobody has recorded a consent for what was asked, or it was withdrawn
    ├── UnknownMeasureError     no measure of that name (also a KeyError)
    ├── QuestionError           a question that is not understood; asks back
    └── SettingsError           a setting cannot be used

Every error has a stable ``code`` (``family.reason``), one ``message`` for people,
and a ``hint`` that says what to do next. Catch the family that you can handle::

    try:
        session = sdc.read("visit.cha")
    except sdc.InputError as error:
        print(error.source, error.line, error.message, error.hint)
"""

from __future__ import annotations

from typing import Any


class SDCError(Exception):
    """Base of all errors that SDC raises on purpose.

    Parameters
    ----------
    message : str
        One sentence for people: what is wrong.
    code : str, optional
        Stable name, ``family.reason``. Default: the class's ``default_code``.
    hint : str, optional
        What to do next, one sentence.
    source : str, optional
        The input that it is about (a file name).
    line : int, optional
        Line in that input, from 1.
    """

    default_code = "sdc.error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        hint: str | None = None,
        source: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.hint = hint
        self.source = source
        self.line = line

    def __str__(self) -> str:
        where = self.source or ""
        if self.line is not None:
            where = f"{where}:{self.line}" if where else f"line {self.line}"
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} {self.hint}" if self.hint else text

    def to_dict(self) -> dict[str, Any]:
        """Return source, line, code, message and hint; what is not known is None."""
        return {
            "source": self.source,
            "line": self.line,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }


class InputError(SDCError):
    """One input cannot be used; the others go on."""

    default_code = "input.unusable"


class MissingInputError(InputError):
    """No such file or folder, or nothing usable in it."""

    default_code = "input.missing"


class ChatError(InputError):
    """Not a CHAT transcript, or damaged beyond reading."""

    default_code = "chat.unreadable"


class TranscriptJsonError(InputError):
    """Not a Whisper result or session JSON that we know."""

    default_code = "json.unknown-shape"


class AnnotationError(InputError):
    """Not an ELAN document, TextGrid or captions that can be read, or a session that these cannot hold."""

    default_code = "annotation.unreadable"


class MediaError(InputError):
    """Not audio or video that can be decoded, too long, or without sound."""

    default_code = "media.unreadable"


class ConflictError(InputError):
    """The input contradicts what is already stored."""

    default_code = "input.conflict"


class EngineError(SDCError):
    """An engine cannot run here."""

    default_code = "engine.failed"


class ModelMissingError(EngineError):
    """A model is not on disk and may not or cannot be fetched."""

    default_code = "engine.model-missing"


class ExtraMissingError(EngineError):
    """An optional extra is not installed."""

    default_code = "engine.extra-missing"


class StoreError(SDCError):
    """The store refused."""

    default_code = "store.failed"


class NotFoundError(StoreError):
    """No such child, session, job or upload."""

    default_code = "store.not-found"


class AccessError(SDCError):
    """Not signed in, or not allowed."""

    default_code = "access.denied"


class ConsentError(SDCError):
    """Nobody has recorded a consent for what was asked, or it was withdrawn."""

    default_code = "consent.missing"


class UnknownMeasureError(SDCError, KeyError):
    """There is no measure of that name, or nobody whose it would be; also a ``KeyError``."""

    default_code = "measure.unknown"


class QuestionError(SDCError):
    """A question that is not understood; the message asks back."""

    default_code = "question.unclear"


class SettingsError(SDCError):
    """A setting cannot be used."""

    default_code = "settings.invalid"
