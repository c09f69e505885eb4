"""Which files are about the same child: what must not be on both sides of a split.

Two transcripts belong to one child when anything says so; that two children are taken for one costs
some freedom in splitting, the other way round would spoil the test. Told by, within one corpus of
``@ID``: the name in ``@Participants``; the date of ``@Birth``; the name of the file, where folders repeat
it (CHILDES keeps one number for a child at two ages); the folder, where its files are named by the age,
or one of its files says that the child is called as the folder is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Literal

from sdc.formats.chat.check_headers import ROLES
from sdc.session import Session

By = Literal["auto", "folder", "file"]
"""What tells a child: everything above; each folder; each file."""

UNNAMED_BIRTH = "Birth of"


def group_by_child(sessions: Sequence[tuple[str, Session]], by: By = "auto") -> list[list[Session]]:
    """Return the sessions of each child.

    Parameters
    ----------
    sessions : Sequence[tuple[str, Session]]
        Where each comes from, as a path with slashes, with the session; each has a target child.
    by : {"auto", "folder", "file"}

    Returns
    -------
    list[list[Session]]
        Children in the order of their first file, each with its sessions in the order given.
    """
    named = _named_folders(sessions)
    groups = _Groups()
    for number, (path, session) in enumerate(sessions):
        groups.join(number, ("file", path))
        for key in _KEYS[by](PurePosixPath(path), session, named):
            groups.join(number, key)
    found: dict[Hashable, list[Session]] = defaultdict(list)
    for number, (_, session) in enumerate(sessions):
        found[groups.root(number)].append(session)
    return list(found.values())


def corpus_of(session: Session) -> str:
    """Return the corpus that ``@ID`` names; empty where it names none."""
    return (session.target.corpus or "").casefold() if session.target else ""


def _told(path: PurePosixPath, session: Session, named: frozenset[str]) -> Iterator[Hashable]:
    corpus, folder, target = corpus_of(session), str(path.parent), session.target
    assert target is not None
    if name := childs_name(session):
        yield ("name", corpus, name.casefold())
    births = (h.text.strip() for h in session.headers if h.name == f"{UNNAMED_BIRTH} {target.code}")
    yield from (("birth", corpus, birth) for birth in births if birth)
    if corpus:
        yield ("stem", corpus, path.stem.casefold())
    if folder in named or _is_named_by_age(path.stem, session):
        yield ("folder", folder)


def childs_name(session: Session) -> str | None:
    """Return the target child's name; None where ``@Participants`` has only a role."""
    name = session.target.name if session.target else None
    return None if not name or {name.title(), *name.title().split("_")} & ROLES else name


def _is_named_by_age(stem: str, session: Session) -> bool:
    age = session.target.age if session.target else None
    return age is not None and age.months is not None and stem.startswith(f"{age.years:02d}{age.months:02d}")


def _named_folders(sessions: Sequence[tuple[str, Session]]) -> frozenset[str]:
    """Return the folders that are called as a child in them."""
    folders = ((PurePosixPath(path).parent, childs_name(session)) for path, session in sessions)
    return frozenset(str(folder) for folder, name in folders if name and folder.name.casefold() == name.casefold())


def _folder(path: PurePosixPath, session: Session, named: frozenset[str]) -> Iterator[Hashable]:
    yield ("folder", str(path.parent))


def _file(path: PurePosixPath, session: Session, named: frozenset[str]) -> Iterator[Hashable]:
    yield from ()


_KEYS: dict[By, Callable[[PurePosixPath, Session, frozenset[str]], Iterator[Hashable]]] = {
    "auto": _told,
    "folder": _folder,
    "file": _file,
}


class _Groups:
    """Joins what shares a key; a union-find without ranks, since groups are small."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def root(self, item: Hashable) -> Hashable:
        while (above := self._above.get(item, item)) != item:
            item = above
        return item

    def join(self, first: Hashable, second: Hashable) -> None:
        self._above[self.root(first)] = self.root(second)
