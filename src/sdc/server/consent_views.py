"""Consents → what goes over the wire."""

from __future__ import annotations

from sdc.server.consent_models import ConsentVersionOut, PurposeOut
from sdc.store.consents import Consent, Consents, Purpose, wording


def purposes(consents: Consents, child_id: str) -> list[PurposeOut]:
    """Show every purpose, also those that nobody has said anything about."""
    history = consents.history(child_id)
    return [_purpose(purpose, [c for c in history if c.purpose is purpose]) for purpose in Purpose]


def _purpose(purpose: Purpose, versions: list[Consent]) -> PurposeOut:
    words = wording(purpose)
    newest = max(versions, key=lambda c: c.version, default=None)
    return PurposeOut(
        purpose=purpose,
        title=words.title,
        text=words.text,
        wording=words.version,
        is_granted=newest is not None and newest.is_granted,
        retention_days=newest.retention_days if newest else None,
        history=[_version(c) for c in sorted(versions, key=lambda c: -c.version)],
    )


def _version(consent: Consent) -> ConsentVersionOut:
    return ConsentVersionOut(
        version=consent.version,
        state=consent.state,
        by=consent.by,
        was_asked=consent.was_asked,
        at=consent.at,
        wording=consent.wording,
        retention_days=consent.retention_days,
    )
