"""Names, places and identifiers → pseudonyms, and back. Pure: no I/O, no model.

=============== =====================================================
module          does
=============== =====================================================
pseudonyms      how a pseudonym is made and recognised
roster          who and what is to be replaced, for one child
patterns        identifiers that are known by their form: addresses, numbers, dates
text            any text → without names, and exactly back
session         a whole session: people, headers, lines, tiers
suggestions     words of a session that may be names
=============== =====================================================
"""

from sdc.deidentify.pseudonyms import Kind
from sdc.deidentify.roster import Roster, RosterEntry
from sdc.deidentify.session import deidentify_session, deidentify_sessions
from sdc.deidentify.suggestions import Suggestion, suggest_names
from sdc.deidentify.text import Deidentified, deidentify_text, restore_text

__all__ = [
    "Deidentified",
    "Kind",
    "Roster",
    "RosterEntry",
    "Suggestion",
    "deidentify_session",
    "deidentify_sessions",
    "deidentify_text",
    "restore_text",
    "suggest_names",
]
