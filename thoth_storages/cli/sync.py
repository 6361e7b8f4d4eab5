"""``thoth-storages sync``: documents into the knowledge graph."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import click

from ..exceptions import ThothStorageExceptionError
from ..sync import Counts, Outcome, Progress, sync_documents
from ..sync.report import failure_report, read_report
from .completing import local_paths
from .connecting import connected_graph
from .exit_codes import ExitCode
from .interrupt import interruptible
from .output import output_option, write
from .progress import Show, progress_bar

_COUNTS = ("processed", *(outcome.value for outcome in Outcome))


@click.command()
@click.argument("documents", metavar="[DOCUMENT]...", nargs=-1, shell_complete=local_paths)
@click.option("--local", is_flag=True, help="The DOCUMENTs are paths of files, not ids in the object store.")
@click.option("--force", is_flag=True, help="Sync documents again that were synced before.")
@click.option("--graceful", is_flag=True, help="Go on with the others when a document can't be synced.")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Sync in N processes at once."
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True),
    help="Write the documents that failed to a file, one JSON object a line: id, kind, reason.",
)
@click.option(
    "--from-report",
    type=click.Path(exists=True, dir_okay=False),
    help="Sync the documents again that such a file names.",
)
@output_option
@click.pass_context
def sync(
    ctx: click.Context,
    /,
    documents: tuple[str, ...],
    local: bool,
    from_report: str | None,
    report: str | None,
    output: str,
    **options: Any,
) -> None:
    """Sync documents into the knowledge graph.

    Those that are named, or all of the object store. It tells how many of each kind were. A document is stored whole or
    not at all, and one that was synced before is skipped. The exit code is 1 when a document wasn't synced. Ctrl-C ends
    it after the current batch; the same command then goes on with the rest.

    \b
    Example:
      thoth-storages sync
      thoth-storages sync --local documents/solver-*.json
      thoth-storages sync --local --graceful --jobs 4 --report failures.jsonl documents/*.json
      thoth-storages sync --from-report failures.jsonl
      thoth-storages sync --local --graceful documents/*.json --output json | jq .solver.failed
    """
    if local and not documents and from_report is None:
        raise click.UsageError("--local takes the paths of documents.")
    if from_report is not None:
        documents, local = _read_report(from_report, documents, local)
    with interruptible("the current batch") as is_interrupted, failure_report(report, is_local=local) as on_failure:
        # naming no documents means all of the object store, which no report does
        is_nothing = from_report is not None and not documents
        counts = (
            {} if is_nothing else _sync(documents, on_failure, is_local=local, should_stop=is_interrupted, **options)
        )
        interrupted = is_interrupted()
    named = {kind: dict(zip(_COUNTS, numbers, strict=True)) for kind, numbers in counts.items()}
    rows = [{"kind": kind, **numbers} for kind, numbers in named.items()]
    write(output, lambda: _lines(named), named, columns=["kind", *_COUNTS], rows=rows)
    processed = sum(numbers["processed"] for numbers in named.values())
    if interrupted:
        click.echo(f"Interrupted, {processed} documents are done: the same command goes on with the rest.", err=True)
        ctx.exit(ExitCode.INTERRUPTED)
    # with --graceful, what no kind is known for is left out of the counts
    if processed < len(documents) or any(numbers["failed"] for numbers in named.values()):
        ctx.exit(ExitCode.ERROR)


def _read_report(path: str, documents: Sequence[str], local: bool) -> tuple[tuple[str, ...], bool]:
    failures = read_report(path)
    places = {failure.is_local for failure in failures} | ({local} if documents else set())
    if len(places) > 1:
        raise click.UsageError(f"{path} names documents of the object store and files; sync them one after the other.")
    # the results of an inspection fail one by one, and are synced again by its name
    again = dict.fromkeys(failure.document_id for failure in failures)
    return (*again, *documents), local or True in places


def _sync(documents: tuple[str, ...], on_failure: Callable[[Progress], object], **options: Any) -> dict[str, Counts]:
    with connected_graph() as graph, progress_bar() as show:
        watch = Watch(show, len(documents))

        def on_progress(progress: Progress) -> None:
            on_failure(progress)
            watch.see(progress)

        try:
            return sync_documents(documents, graph=graph, on_progress=on_progress, **options)
        except ValueError as error:
            if isinstance(error, ThothStorageExceptionError):
                raise
            raise click.ClickException(str(error)) from error


class Watch:
    """Shows how many documents are done, how many a second, and how many failed."""

    def __init__(self, show: Show, total: int) -> None:
        """Begin with none of so many documents done."""
        self._show = show
        self._total = total
        self._done = 0
        self._failed = 0
        self._started = time.monotonic()

    def see(self, progress: Progress) -> None:
        """Count a document that is done with."""
        self._done += 1
        self._failed += progress.outcome is Outcome.FAILED
        rate = self._done / max(time.monotonic() - self._started, 1e-3)
        # an inspection that was listed once may have several results
        total = max(self._total, self._done)
        self._show(self._done, total, f"{self._done:,} documents, {rate:,.0f}/s, {self._failed:,} failed")


def _lines(counts: dict[str, dict[str, int]]) -> str:
    lines = [
        f"{kind}: " + ", ".join(f"{number} {what}" for what, number in numbers.items())
        for kind, numbers in counts.items()
        if numbers["processed"]
    ]
    return "\n".join(lines) or "There was nothing to sync."
