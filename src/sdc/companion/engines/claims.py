"""The form in which every model answers."""

from __future__ import annotations

from pydantic import BaseModel, Field

from sdc.session import Claim

MAX_CLAIMS = 8
MAX_TEXT_CHARS = 1000
MAX_IDS = 40
MAX_OUTPUT_TOKENS = 1500
SCHEMA_TRIES = 2
"""A model that ignores the schema is told so once."""


class ClaimOut(BaseModel):
    """One sentence with the ids of the evidence that it rests on."""

    text: str = Field(max_length=MAX_TEXT_CHARS, description="One sentence in plain English.")
    evidence: list[str] = Field(max_length=MAX_IDS, description="Ids of the evidence, such as e1.")


class ClaimsOut(BaseModel):
    """The answer, sentence by sentence."""

    claims: list[ClaimOut] = Field(max_length=MAX_CLAIMS)

    def to_claims(self) -> tuple[Claim, ...]:
        """Return the claims as the rest of SDC knows them."""
        return tuple(Claim(c.text, tuple(c.evidence)) for c in self.claims)
