"""`sdc export` and `sdc import`: everything that is kept of children, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import as_table, note, plural, progress_bar, say
from sdc.pipeline.archive.names import SameName

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.records import Child


PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Text file whose first line is the passphrase that seals the archive."),
]


def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="The archive to write; it must not exist.")],
    children: Annotated[
        list[str] | None, typer.Argument(help="Names or ids of children; default: the whole store.")
    ] = None,
    deidentified: Annotated[
        bool,
        typer.Option("--deidentified", help="For research: transcripts and measures without names, if consented."),
    ] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write children, or the whole store, into one archive, to be kept safe or moved to another store.

    Keys of the store are never in it: what is sealed in the store is plain in the archive unless you give a
    passphrase. It is read back by `sdc import`.
    """
    from sdc.app import build_app
    from sdc.pipeline.archive.passphrase import read_passphrase
    from sdc.settings import read_settings

    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    with build_app(read_settings()) as app:
        chosen = [app.repository.named_child(name) for name in children or ()]
        if deidentified:
            _export_research(app, output, chosen, passphrase)
        else:
            _export(app, output, chosen, passphrase)


def _export(app: App, output: Path, chosen: list[Child], passphrase: str | None) -> None:
    from sdc.pipeline.archive.exporting import export_archive

    whole = not chosen
    everybody = chosen or app.repository.children()
    with progress_bar("exporting") as update:
        done = export_archive(
            app.documents, app.blobs, output, everybody, whole=whole, passphrase=passphrase, report=update
        )
    for child in everybody:
        app.audit.record(actor="cli", action="child.export", child_id=child.id)
    say(
        f"{output}: {_children(done.n_children)}, {plural(done.n_documents['sessions'], 'session')}, "
        f"{plural(done.n_blobs, 'file')} ({done.blob_bytes / 1e6:.1f} MB)"
    )
    if passphrase is None:
        note("warning: the archive is not sealed: whoever has it can read it. Keep it as you keep the recordings.")


def _children(number: int) -> str:
    return "1 child" if number == 1 else f"{number} children"


def _export_research(app: App, output: Path, chosen: list[Child], passphrase: str | None) -> None:
    from sdc.pipeline.archive.research import export_research
    from sdc.pipeline.research import research_children

    if not chosen:
        chosen = [child for _, child in research_children(app.repository, app.consents, app.pseudonyms)]
    with progress_bar("exporting") as update:
        done = export_research(app, app.pseudonyms, output, chosen, actor="cli", passphrase=passphrase, report=update)
    say(as_table(("child", "sessions"), list(done.sessions.items()), title=str(output)))
    note("warning: read it before you hand it out: a name that is on no roster is still there (`sdc roster`).")


def import_(
    archive: Annotated[Path, typer.Argument(help="A file that `sdc export` wrote.")],
    same_name: Annotated[
        SameName,
        typer.Option(help="When another child here has the name of one in the archive: stop, rename it, or skip it."),
    ] = SameName.REFUSE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Bring what an archive holds into this store; what is here in another version stays as it is.

    The archive is checked to the last byte first. Cut off, it can be done again: what is there is not
    written twice. Children that were erased here do not come back.
    """
    from sdc.app import build_app
    from sdc.pipeline.archive.passphrase import read_passphrase
    from sdc.pipeline.archive.restoring import restore_archive
    from sdc.settings import read_settings

    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    with build_app(read_settings()) as app, progress_bar("importing") as update:
        done = restore_archive(
            app.documents,
            app.blobs,
            archive,
            app.work_folder.path,
            passphrase=passphrase,
            same_name=same_name,
            report=update,
        )
        app.audit.record(actor="cli", action="archive.import")
    say(
        f"{_children(done.n_children)}: {plural(done.n_written, 'document')} and "
        f"{plural(done.n_blobs, 'file')} written, {done.n_same} there already, {done.n_kept} kept as they are here."
    )
    for child_id, name in done.renamed.items():
        note(f"warning: {child_id} is named {name} here.")
    for child_id in done.skipped:
        note(f"warning: {child_id} was left out: erased here, or its name is taken.")
