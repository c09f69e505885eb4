"""`sdc dataset build`: from the store or from files to a folder of pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdc.companion.engines.writer import Writer
from sdc.errors import ConsentError, SDCError
from sdc.finetune.dataset.building import OnChild, build_dataset
from sdc.finetune.dataset.card import Card, Consented
from sdc.finetune.dataset.files import By
from sdc.finetune.dataset.folder import check_target
from sdc.finetune.dataset.material import ChildMaterial
from sdc.finetune.dataset.recipe import Recipe
from sdc.pipeline.dataset_material import (
    Refusal,
    agreed_children,
    file_material,
    read_files,
    stored_material,
)
from sdc.pipeline.language_models import language_model
from sdc.pipeline.parts import Parts
from sdc.pipeline.wording_answers import Thrifty
from sdc.settings import Settings
from sdc.store.consents import Purpose
from sdc.store.records import Child

RECORDED = (
    "The families' consents for training are recorded in the store, for transcripts that a therapist has reviewed."
)
STATED = "Whoever built it stated that consent for training exists for every child (--i-have-consent)."


@dataclass(frozen=True, slots=True)
class Built:
    """A data set that was written, the children that were left out, and the files that could not be read."""

    card: Card
    refused: tuple[Refusal, ...] = ()
    failures: tuple[SDCError, ...] = ()


def build_from_store(
    parts: Parts,
    folder: Path,
    recipe: Recipe,
    *,
    children: Sequence[str] = (),
    teacher: str = "",
    for_rented: bool = False,
    actor: str,
    on_child: OnChild = lambda child, n: None,
) -> Built:
    """Build a data set from the store: the children whose families agreed to training.

    Parameters
    ----------
    parts : Parts
    folder : Path
    recipe : Recipe
    children : Sequence[str], optional
        Names or ids; default all.
    for_rented : bool
        Only children whose families also agreed to training on a rented machine (``sdc finetune launch``).
    teacher : str, optional
        Name of an engine; a service needs the consent ``cloud_language_model`` of each child too.
    actor : str
        Who builds it, for the audit.
    on_child : callable, optional

    Raises
    ------
    ConsentError
        A child that was named, or every child, has no consent.
    NotFoundError
        A name is not known.
    SettingsError, ExtraMissingError
        The teacher cannot be had.
    InputError, EngineError
        As ``build_dataset``.
    """
    check_target(folder)
    writer = language_model(parts.settings, teacher) if teacher else None
    named = [parts.repository.named_child(name) for name in dict.fromkeys(children)]
    agreed, refused = agreed_children(parts, named or parts.repository.children(), _purposes(for_rented))
    if refused and (named or not agreed):
        raise _refused(refused)
    teachers = _childs_teachers(parts, agreed, writer, actor)
    consented = Consented(RECORDED, len(agreed), dict(Counter(r.error.code for r in refused)))
    material = _recorded(parts, agreed, recipe.language, actor)
    card = build_dataset(material, recipe, folder, consented=consented, teacher=teachers.get, on_child=on_child)
    return Built(card, tuple(refused))


def build_from_files(
    paths: Sequence[Path],
    settings: Settings,
    folder: Path,
    recipe: Recipe,
    *,
    has_consent: bool,
    by: By = "auto",
    teacher: str = "",
    on_child: OnChild = lambda child, n: None,
) -> Built:
    """Build a data set from files and folders, without a store.

    Parameters
    ----------
    paths : Sequence[Path]
    settings : Settings
    folder : Path
    recipe : Recipe
    has_consent : bool
        Whoever builds it states that consent exists for every child; it is written on the card.
    by : {"auto", "folder", "file"}
        What tells a child.
    teacher : str, optional
        Name of an engine; a service needs SDC_ALLOW_CLOUD.
    on_child : callable, optional

    Raises
    ------
    ConsentError
        Nobody states that there is consent.
    SettingsError, ExtraMissingError
        The teacher cannot be had.
    InputError, EngineError
        As ``build_dataset``.
    """
    if not has_consent:
        raise ConsentError(
            "Files tell nothing about consent, and a model would be trained on what children said.",
            hint="Where there is consent for training (or a licence that allows it), say so with --i-have-consent.",
        )
    check_target(folder)
    writer = language_model(settings, teacher) if teacher else None
    files, failures = read_files(paths)
    before: Counter[str] = Counter()
    material = _with_left_out(file_material(files, by=by, language=recipe.language, left_out=before), before)
    card = build_dataset(
        material, recipe, folder, consented=Consented(STATED), teacher=lambda child: writer, on_child=on_child
    )
    return Built(card, failures=tuple(failures))


def _purposes(for_rented: bool) -> tuple[Purpose, ...]:
    return (Purpose.TRAINING, Purpose.RENTED_TRAINING) if for_rented else (Purpose.TRAINING,)


def _recorded(parts: Parts, children: Sequence[Child], language: str, actor: str) -> Iterator[ChildMaterial]:
    for child in children:
        parts.consents.require(child.id, Purpose.TRAINING)  # it may have been withdrawn while others were at work
        parts.audit.record(actor=actor, action="dataset.build", child_id=child.id)
        yield stored_material(parts, child, language)


def _with_left_out(children: Iterator[ChildMaterial], before: Counter[str]) -> Iterator[ChildMaterial]:
    """Yield children; the first one also tells what was left out before there were children."""
    for number, child in enumerate(children):
        if number == 0:
            child.left_out.update(before)
        yield child


def _childs_teachers(parts: Parts, children: Sequence[Child], writer: Writer | None, actor: str) -> dict[str, Writer]:
    """Return the teacher of each child by pseudonym: inside the child's tokens of the day; without leave an error."""
    if writer is None:
        return {}
    if writer.is_remote:
        for child in children:
            parts.consents.require(child.id, Purpose.CLOUD_LANGUAGE_MODEL)
        for child in children:
            parts.audit.record(actor=actor, action="dataset.teach", child_id=child.id, object_id=writer.engine)
    of: Callable[[str], str] = parts.repository.pseudonyms.of
    return {of(child.id): Thrifty(writer, parts.tokens, child.id) for child in children}


def _refused(refused: Sequence[Refusal]) -> ConsentError:
    first = refused[0]
    more = f" The same holds for {len(refused) - 1} more." if len(refused) > 1 else ""
    return ConsentError(f"{first.name}: {first.error.message}{more}", code=first.error.code, hint=first.error.hint)
