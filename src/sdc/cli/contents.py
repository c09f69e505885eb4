"""What `sdc --help` lists: commands in groups, one line each; a test fails for one that is left out."""

from __future__ import annotations

CONTENTS: dict[str, dict[str, str]] = {
    "Begin": {
        "demo": "Process five sessions of a made-up child and open the dashboard.",
        "serve": "Serve the dashboard.",
        "doctor": "Check this installation; list all settings.",
    },
    "Files, nothing kept": {
        "analyze": "Measure transcripts and recordings.",
        "transcribe": "Write down what is said on a recording.",
        "convert": "Convert a transcript to session JSON, CHAT or CSV.",
        "check": "Say what is wrong in a CHAT transcript, line by line.",
        "candidates": "List what a rule found and a person must judge.",
        "models": "List, fetch and check Whisper models.",
    },
    "Sessions of a child": {
        "add": "Keep sessions: read or transcribe, measure, find insights.",
        "batch": "Bring a corpus into the store, on all cores.",
        "children": "List the children.",
        "sessions": "List a child's sessions with some measures.",
        "edit": "Put a line of a transcript right; measure it anew.",
        "remeasure": "Measure sessions anew, after rules have changed.",
        "review": "List what waits for review; mark it as reviewed.",
        "roles": "Tell whose voice is whose.",
        "enrol": "Remember a voice for later recordings.",
        "jobs": "List jobs; try failed ones again.",
        "work": "Work on what is queued, until Ctrl-C.",
    },
    "What they show": {
        "progress": "Measures over the weeks, each with its verdict.",
        "ask": "Answer a question, with evidence.",
        "insights": "Tell of a session or a period.",
        "goals": "List, add, change and close goals.",
        "phases": "State baseline and intervention, by dates.",
        "feedback": "Approve, edit or dismiss insights.",
        "report": "Write or sign a report for a therapist or the family.",
        "reports": "List signed reports; fetch one as it was signed.",
        "note": "Write S and P of a session's note.",
        "search": "Find passages of sessions, notes and insights.",
        "index": "Make anew or delete what the search finds in.",
    },
    "A language model of your own": {
        "dataset": "Build data sets for training; tell if they are enough.",
        "finetune": "Plan, train, evaluate and export an adapter.",
    },
    "Privacy": {
        "consent": "Show, give or withdraw a family's consents.",
        "roster": "Names that are replaced before anything leaves.",
        "retention": "Delete recordings that were kept long enough.",
        "erase": "Erase a child for good.",
        "audit": "Who did what to which child; whether the list is whole.",
    },
    "The store and its people": {
        "export": "Write children, or everything, into one archive.",
        "import": "Bring what an archive holds into this store.",
        "keys": "The master key that seals the store.",
        "accounts": "Who may sign in (SDC_ACCOUNTS=yes).",
        "team": "Who reaches a child.",
    },
}
"""Title of a group → command → what it does, in one line of 80 characters with the command."""

OTHER = "Other"

OTHER_WORDS = {
    "measure": "analyze FILE",
    "measures": "analyze FILE",
    "analyse": "analyze FILE",
    "upload": "add FILE --child NAME",
    "process": "add FILE --child NAME",
    "transcript": "transcribe RECORDING",
    "compare": "progress CHILD",
    "question": 'ask CHILD "…"',
    "find": 'search CHILD "…"',
    "child": "children",
    "session": "sessions CHILD",
    "list": "children",
    "dashboard": "serve",
    "start": "serve",
    "web": "serve",
    "run": "serve",
    "train": "finetune train",
    "delete": "erase CHILD",
    "remove": "erase CHILD",
    "backup": "export -o FILE",
    "restore": "import FILE",
    "config": "doctor",
    "settings": "doctor",
    "version": "--version",
    "help": "--help",
}
"""A word that people try → what there is for it."""


def grouped(names: list[str]) -> dict[str, list[str]]:
    """Return the commands there are by group; what is in none comes last."""
    found = {title: [name for name in lines if name in names] for title, lines in CONTENTS.items()}
    listed = {name for lines in CONTENTS.values() for name in lines}
    found[OTHER] = [name for name in names if name not in listed]
    return {title: lines for title, lines in found.items() if lines}


def line_of(name: str) -> str | None:
    """Return what a command does, in one line."""
    return next((lines[name] for lines in CONTENTS.values() if name in lines), None)
