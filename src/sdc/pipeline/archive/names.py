"""What is done when two children have one name."""

from enum import StrEnum


class SameName(StrEnum):
    """What is done with a child of the archive when another child here has its name."""

    REFUSE = "refuse"
    RENAME = "rename"
    SKIP = "skip"
