"""``thoth-storages sync``: documents into the knowledge graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..exceptions import ThothStorageExceptionError
from ..sync import Counts, Outcome, Progress, sync_documents
from .connecting import connected_graph
from .output import json_text, output_option
from .progress import progress_bar

_COUNTS = ("processed", *(outcome.value for outcome in Outcome))


@click.command()
@click.argument("documents", metavar="DOCUMENT...", nargs=-1)
@click.option("--local", is_flag=True, help="The DOCUMENTs are paths of files, not ids in the object store.")
@click.option("--force", is_flag=True, help="Sync documents again that were synced before.")
@click.option("--graceful", is_flag=True, help="Go on with the others when a document can't be synced.")
@output_option
@click.pass_context
def sync(ctx: click.Context, documents: tuple[str, ...], local: bool, force: bool, graceful: bool, output: str) -> None:
    """Sync documents into the knowledge graph, and tell how many of each kind were.

    A document is stored whole or not at all, and one that was synced before is skipped. The exit code is 1 when a
    document wasn't synced.

    \b
    Example:
      thoth-storages sync --local documents/solver-*.json
      thoth-storages sync --local --graceful documents/*.json --output json | jq .solver.failed
    """
    if local and not documents:
        raise click.UsageError("--local takes the paths of documents.")
    counts = _sync(documents, force=force, graceful=graceful, is_local=local)
    named = {kind: dict(zip(_COUNTS, numbers, strict=True)) for kind, numbers in counts.items()}
    click.echo(json_text(named) if output == "json" else "\n".join(map(_line, named.items())))
    processed = sum(numbers["processed"] for numbers in named.values())
    # with --graceful, what no kind is known for is left out of the counts
    if processed < len(documents) or any(numbers["failed"] for numbers in named.values()):
        ctx.exit(1)


def _sync(documents: tuple[str, ...], **options: bool) -> dict[str, Counts]:
    done: list[Progress] = []
    with connected_graph() as graph, progress_bar() as show:

        def on_progress(progress: Progress) -> None:
            done.append(progress)
            show(len(done), len(documents), Path(progress.document_id).name)

        try:
            return sync_documents(documents, graph=graph, on_progress=on_progress, **options)
        except ValueError as error:
            if isinstance(error, ThothStorageExceptionError):
                raise
            raise click.ClickException(str(error)) from error


def _line(kind: tuple[str, dict[str, Any]]) -> str:
    name, numbers = kind
    return f"{name}: " + ", ".join(f"{number} {what}" for what, number in numbers.items())
