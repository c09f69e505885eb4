"""Records → wire models, for the session page. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdc.audio.spectrogram import BAND_COLUMNS, RANGE_DB, ROWS, Spectrogram
from sdc.formats.languages import language_tag
from sdc.measures.stated_events import StatedEvent, stated_events
from sdc.pipeline.reviewing import Reviewed
from sdc.server import insight_views, views
from sdc.server.edit_models import VersionOut
from sdc.server.session_models import (
    LabelScoresOut,
    NoticeOut,
    ParticipantOut,
    ProvenanceOut,
    SessionOut,
    SpeakerOut,
    SpectrogramOut,
    StatedEventOut,
    TierOut,
    TokenOut,
    TracksOut,
    UtteranceOut,
    VoiceLabelsOut,
)
from sdc.session import (
    Participant,
    Provenance,
    ScopeKind,
    SpeakerAnalysis,
    Token,
    TokenKind,
    Utterance,
    VoiceLabels,
)
from sdc.store.records import StoredSession
from sdc.store.versions import TranscriptVersion
from sdc.transcribe.naming import takes_roles

if TYPE_CHECKING:
    from sdc.audio import SoundTracks

REPLACEMENTS = (ScopeKind.REPLACEMENT, ScopeKind.REAL_WORD_REPLACEMENT)

SAID = frozenset(
    {
        TokenKind.WORD,
        TokenKind.FILLER,
        TokenKind.FRAGMENT,
        TokenKind.NONWORD,
        TokenKind.UNINTELLIGIBLE,
        TokenKind.PHONOLOGICAL,
        TokenKind.UNTRANSCRIBED,
    }
)
"""Kinds of tokens that make up a line's plain text."""


def session(
    stored: StoredSession, week: int | None, *, shown: Sequence[Reviewed], for_researchers: bool = True
) -> SessionOut:
    """Show a session, whole; without ``for_researchers`` what is for researchers only is left out."""
    entry, record = stored.entry, stored.session
    return SessionOut(
        **views.summary_fields(entry, week),
        language=language_tag(record.languages[0]) if record.languages else None,
        participants=[participant(p) for p in record.participants],
        utterances=[utterance(u) for u in record.utterances],
        speakers={code: speaker(s, for_researchers=for_researchers) for code, s in stored.analysis.speakers.items()},
        insights=[insight_views.insight(r) for r in shown],
        events=[stated_event(e) for e in stated_events(record)],
        warnings=[NoticeOut(code=n.code, message=n.message, line=n.line) for n in record.warnings],
        provenance=[provenance(p) for p in record.provenance],
        takes_roles=takes_roles(record),
        media_url=f"/api/sessions/{entry.id}/media" if entry.recording else None,
        has_tracks=entry.tracks is not None,
        version=entry.version,
    )


def version(record: TranscriptVersion, by_name: str | None = None) -> VersionOut:
    """Show who changed a transcript, when, and what; the name where the reader may know it."""
    return VersionOut(
        version=record.version,
        what=record.what,
        by=record.by,
        by_name=by_name,
        at=record.at,
        utterance=record.utterance,
        restored=record.restored,
    )


def participant(record: Participant) -> ParticipantOut:
    """Show who took part."""
    return ParticipantOut(
        code=record.code,
        role=record.role,
        name=record.name,
        age=str(record.age) if record.age else None,
        sex=record.sex,
        group=record.group,
        is_child=record.is_child,
    )


def speaker(record: SpeakerAnalysis, *, for_researchers: bool = True) -> SpeakerOut:
    """Show a speaker's measures."""
    found = record.measures.items()
    measures = {name: views.measure(m) for name, m in found if for_researchers or views.is_for_everyone(name)}
    return SpeakerOut(code=record.code, role=record.role, measures=measures)


def provenance(record: Provenance) -> ProvenanceOut:
    """Show which tool made something."""
    return ProvenanceOut(
        step=record.step,
        engine=record.engine,
        version=record.version,
        model=record.model,
        revision=record.revision,
        parameters=record.parameters,
    )


def stated_event(record: StatedEvent) -> StatedEventOut:
    """Show what somebody did with the voice, as the transcript states it."""
    return StatedEventOut(
        utterance=record.utterance,
        speaker=record.speaker,
        name=record.name,
        text=record.text,
        start_ms=record.span.start_ms if record.span else None,
        end_ms=record.span.end_ms if record.span else None,
    )


def voice_labels(record: VoiceLabels) -> VoiceLabelsOut:
    """Show an experimental classifier's scores with model, revision and licence."""
    return VoiceLabelsOut(
        status=record.status,
        audience=record.audience,
        speaker=record.speaker,
        licence=record.licence,
        provenance=provenance(record.provenance),
        stretches=[
            LabelScoresOut(utterance=s.utterance, start_ms=s.span.start_ms, end_ms=s.span.end_ms, scores=s.scores)
            for s in record.stretches
        ],
    )


def utterance(record: Utterance) -> UtteranceOut:
    """Show a line: its plain text, and its tokens ready to draw."""
    retraced = record.retraced()
    # A replacement stands with the last word that it replaces.
    replaced = {scope.last: scope.text for scope in record.scopes if scope.kind in REPLACEMENTS}
    return UtteranceOut(
        index=record.index,
        speaker=record.speaker,
        text=plain_text(record),
        raw=record.raw,
        start_ms=record.span.start_ms if record.span else None,
        end_ms=record.span.end_ms if record.span else None,
        tokens=[token(t, i in retraced, replaced.get(i)) for i, t in enumerate(record.tokens)],
        tiers=[TierOut(name=tier.name, text=tier.text) for tier in record.tiers],
    )


def token(record: Token, retraced: bool, replacement: str | None) -> TokenOut:
    """Show one item of a line."""
    return TokenOut(
        text=record.text,
        kind=record.kind.value,
        raw=record.raw,
        retraced=retraced,
        replacement=replacement,
        start_ms=record.span.start_ms if record.span else None,
        end_ms=record.span.end_ms if record.span else None,
        probability=record.probability,
    )


def plain_text(record: Utterance) -> str:
    """Return what was said, as one reads it; a plain terminator closes it."""
    words = " ".join(t.text for t in record.tokens if t.kind in SAID)
    end = record.terminator
    return words + end if end in (".", "?", "!") else words


def tracks(record: SoundTracks) -> TracksOut:
    """Show pitch and loudness on the pitch track's grid, value i at ``i * hop_s`` seconds."""
    hop_s = record.pitch.hop_s
    grid = np.arange(0, record.duration_s, hop_s)
    return TracksOut(
        hop_s=hop_s,
        f0_hz=_on_grid(record.pitch.times_s, record.pitch.f0_hz, grid),
        intensity_db=_on_grid(record.intensity.times_s, record.intensity.level_db, grid),
        peaks_hop_s=record.peaks.hop_s,
        peaks=[round(float(v), 4) for v in record.peaks.values],
    )


def spectrogram(record: Spectrogram) -> SpectrogramOut:
    """Show a spectrogram as a picture."""
    return SpectrogramOut(
        hop_s=record.hop_s,
        columns=len(record.shades),
        band_columns=BAND_COLUMNS,
        band_rows=ROWS,
        high_hz=record.high_hz,
        range_db=RANGE_DB,
        png=b64encode(record.to_png()).decode(),
    )


def _on_grid(
    times_s: NDArray[np.float64], values: NDArray[np.float32], grid: NDArray[np.float64]
) -> list[float | None]:
    """Return the value of the nearest frame for each time of the grid; None where there is none."""
    if not times_s.size:
        return [None] * grid.size
    middles = (times_s[1:] + times_s[:-1]) / 2
    nearest = values[np.searchsorted(middles, grid)]
    return [round(float(v), 2) if np.isfinite(v) else None for v in nearest]
