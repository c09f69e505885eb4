"""The table of collections: whose each document is, what is sealed in it, how it is indexed.

Everything that walks the whole store reads this one table: the schema makes the indexes, the
encryption seals the fields, erasure and the archive go from collection to collection. A new
collection is one row here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Index:
    """An index of a collection; fields of a unique one must be set in every document."""

    fields: tuple[str, ...]
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """One row of the table.

    Attributes
    ----------
    name : str
    owner : str or None
        Field that holds the id of the child whose the document is, always in the clear;
        None where documents belong to no child.
    sealed : tuple[str, ...]
        Top-level fields that are encrypted where a master key is set. They are neither
        filtered nor sorted by.
    blind : tuple[str, ...]
        Fields that are looked up by equality only; with a master key an HMAC stands in them.
    indexes : tuple[Index, ...]
    """

    name: str
    owner: str | None = None
    sealed: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    indexes: tuple[Index, ...] = ()


OF_CHILD = (Index(("child_id",)),)

COLLECTIONS: tuple[Collection, ...] = (
    Collection(
        "children",
        owner="_id",
        sealed=("name", "birth_date", "sex"),
        blind=("name_key",),
        indexes=(Index(("name_key",), unique=True),),
    ),
    # The sums of contents are sealed, too: they would tell whoever has a file that it is here.
    Collection("uploads", owner="child_id", sealed=("filename", "sha256", "key"), indexes=OF_CHILD),
    Collection(
        "sessions",
        owner="child_id",
        sealed=(
            "source",
            "date",
            "context",
            "age_months",
            "target",
            "recording",
            "tracks",
            "measures",
            "within_errors",
            "review",
        ),
        indexes=OF_CHILD,
    ),
    Collection("child_summaries", owner="child_id", sealed=("summary",), indexes=OF_CHILD),  # made from the sessions
    Collection(
        "transcripts",
        owner="child_id",
        sealed=(
            "source",
            "date",
            "languages",
            "participants",
            "utterances",
            "media",
            "context",
            "headers",
            "warnings",
            "provenance",
        ),
        indexes=OF_CHILD,
    ),
    Collection("analyses", owner="child_id", sealed=("source", "speakers"), indexes=OF_CHILD),
    Collection("insights", owner="child_id", sealed=("insights", "rests_on"), indexes=OF_CHILD),
    # One line for each accepted edit of a transcript; ``applied`` finds those that a kill cut off.
    Collection(
        "transcript_versions",
        owner="child_id",
        sealed=("by", "change"),
        indexes=(*OF_CHILD, Index(("session_id", "version")), Index(("applied",))),
    ),
    Collection("reviews", owner="child_id", sealed=("looks",), indexes=OF_CHILD),  # lines that people looked at
    Collection("goals", owner="child_id", sealed=("goal", "earlier"), indexes=OF_CHILD),
    Collection("phase_plans", owner="child_id", sealed=("plan",), indexes=(*OF_CHILD, Index(("child_id", "version")))),
    Collection("feedback", owner="child_id", sealed=("entry",), indexes=OF_CHILD),
    Collection("session_notes", owner="child_id", sealed=("note",), indexes=(*OF_CHILD, Index(("session_id",)))),
    Collection("signed_reports", owner="child_id", sealed=("report",), indexes=OF_CHILD),
    Collection("pairs", owner="child_id", sealed=("pair",), indexes=(Index(("child_id",)), Index(("kind",)))),
    Collection(
        "answers", owner="child_id", sealed=("claims",), blind=("key",), indexes=(*OF_CHILD, Index(("child_id", "key")))
    ),
    Collection("model_tokens", owner="child_id", indexes=OF_CHILD),
    # What was said, in windows with their vectors: a session's in one document. A vector tells much of its text.
    Collection("windows", owner="child_id", sealed=("windows", "vectors"), indexes=OF_CHILD),
    Collection("window_marks", owner="child_id", indexes=OF_CHILD),  # small: how many, and a text that changes
    Collection("voice_labels", owner="child_id", sealed=("labels",), indexes=OF_CHILD),
    Collection("voiceprints", owner="child_id", sealed=("voiceprint",), indexes=OF_CHILD),
    Collection(
        "jobs",
        owner="child_id",
        sealed=("source", "order", "notes", "failures", "error"),
        indexes=(Index(("state", "created_ms")), Index(("child_id", "created_ms"))),
    ),
    Collection("consents", owner="child_id", sealed=("by",), indexes=OF_CHILD),
    Collection("rosters", owner="child_id", sealed=("roster",), indexes=OF_CHILD),
    Collection("teams", owner="child_id", indexes=(Index(("child_id",)), Index(("account_id",)))),
    Collection("accounts", indexes=(Index(("name_key",), unique=True),)),
    Collection("login_sessions", indexes=(Index(("account_id",)), Index(("end_ms",)), Index(("idle_end_ms",)))),
    Collection("invitations", indexes=(Index(("account_id",)),)),
    Collection("sign_in_failures", indexes=(Index(("forget_ms",)),)),
    Collection("audit", indexes=OF_CHILD),  # nobody's: its lines stay when a child is erased
    Collection("keys"),  # the keyring's: erasure destroys a child's, an archive never holds any
    Collection("tombstones"),  # what is left of erased children
    Collection("meta"),
)


def collection(name: str) -> Collection:
    """Return the row of a collection; ``KeyError`` when there is none."""
    return _BY_NAME[name]


_BY_NAME = {row.name: row for row in COLLECTIONS}
