"""`sdc index`: what the search finds in, made anew."""

from __future__ import annotations

from typing import Annotated

import typer

from sdc.cli.output import EXIT_FAILURES, note, plural, progress_bar, report_failures, say

app = typer.Typer(no_args_is_help=True, help="What the search finds in: make it anew, or delete it elsewhere.")

Whose = Annotated[str | None, typer.Argument(help="Name or id of the child; default: all children.")]


@app.command()
def rebuild(child: Whose = None) -> None:
    """Index all sessions anew: after another SDC_EMBEDDER or SDC_VECTORS, an import, or trouble with an index."""
    from sdc.app import build_app
    from sdc.errors import SDCError
    from sdc.pipeline.indexing import every_child
    from sdc.settings import read_settings

    failures: list[SDCError] = []
    with build_app(read_settings()) as sdc, progress_bar("indexing") as update:
        children = list(every_child(sdc.retrieval, sdc.repository.named_child(child) if child else None))
        for number, whose in enumerate(children):
            update(whose.name, number / len(children))
            try:
                done = sdc.retrieval.rebuild(whose)
            except SDCError as error:
                failures.append(error)
                note(f"warning: {whose.name} is not indexed whole.")
                continue
            where = f", also in {sdc.settings.vectors}" if done.elsewhere else ""
            amount = f"{plural(done.n_sessions, 'session')}, {plural(done.n_windows, 'passage')}"
            say(f"{whose.name}: {amount}{where}")
    report_failures(failures)
    if failures:
        raise typer.Exit(EXIT_FAILURES)


@app.command()
def clear(child: Whose = None) -> None:
    """Delete what lies in the index elsewhere (SDC_VECTORS), before it is used no more; the store keeps its own."""
    from sdc.app import build_app
    from sdc.pipeline.indexing import every_child
    from sdc.settings import read_settings

    with build_app(read_settings()) as sdc:
        if sdc.retrieval.indexes.remote is None:
            say("There is no index elsewhere: SDC_VECTORS names one of this machine.")
            return
        for whose in every_child(sdc.retrieval, sdc.repository.named_child(child) if child else None):
            say(f"{whose.name}: {plural(sdc.retrieval.clear_elsewhere(whose.id), 'passage')} deleted")
