"""Actions: what the doors let people do."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Everything that can be allowed or denied; every route of the server declares one.

    The values stand in the audit, so they never change their meaning.
    """

    SEE_DEFINITIONS = "see_definitions"  # what SDC measures; about no child
    USE_ACCOUNT = "use_account"  # one's own account: sign out, change the password
    ADD_CHILD = "add_child"
    SEE_CHILD = "see_child"  # the child's name, age, sessions in lists, measures over time
    UPLOAD = "upload"  # hand in a file, make a session of it, follow the work
    SEE_SESSION = "see_session"  # transcript, measures, insights
    PLAY_RECORDING = "play_recording"  # the recording and the tracks drawn from it
    EDIT_TRANSCRIPT = "edit_transcript"  # words, times, who spoke
    SEE_RESEARCH_MEASURES = "see_research_measures"  # measures whose audience is researchers
    ASK = "ask"
    APPROVE_INSIGHT = "approve_insight"
    SEE_NORMS = "see_norms"  # where samples of other children lie
    MANAGE_GOALS = "manage_goals"  # add, change and close goals of a child, state the phases of the work
    ANSWER_ACTIVITY = "answer_activity"  # say whether an activity was tried and how it went
    WRITE_REPORT = "write_report"  # reports for therapists, of every kind
    SIGN_REPORT = "sign_report"  # put one's name under a report: it is handed over from then on
    SEE_LETTER = "see_letter"  # the letter to the family
    SEE_VOICE_LABELS = "see_voice_labels"  # an experimental classifier's label scores of a session
    SEE_CONSENT = "see_consent"
    MANAGE_CONSENT = "manage_consent"
    EXPORT_CHILD = "export_child"  # everything of the child, with names
    ERASE_CHILD = "erase_child"
    MANAGE_TEAM = "manage_team"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_AUDIT = "see_audit"
    EXPORT_RESEARCH = "export_research"  # de-identified figures of children whose consent covers it
