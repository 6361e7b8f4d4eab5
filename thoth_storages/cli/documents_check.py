"""``thoth-storages documents check``: whether the object store and the graph hold the same documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import click

from ..graph import GraphDatabase
from ..sync.comparison import COMPARABLE, Comparison, compare_documents, sync_missing
from ..sync.kinds import SYNCED
from ..sync.source import Listed
from .connecting import connected_graph, readable_settings
from .document_kinds import SYNCED_KINDS, kinds_argument, sync_name
from .exit_codes import ExitCode
from .interrupt import interruptible
from .output import csv_line, json_line, json_text, output_option, table
from .progress import progress_bar
from .sync import Watch

_KINDS = tuple(kind for kind in SYNCED_KINDS if sync_name(kind) in COMPARABLE)


@click.command()
@kinds_argument(*_KINDS, required=False)
@click.option("--sync", is_flag=True, help="Sync the documents that were never synced.")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Sync in N processes at once."
)
@output_option
@click.pass_context
def check(ctx: click.Context, /, kinds: tuple[str, ...], sync: bool, jobs: int, output: str) -> None:
    """Compare the object store with the graph.

    It says which documents were never synced, and of which the graph has rows though they are gone. Without a KIND, all
    kinds are compared whose ids the graph keeps: those that are synced, but for revsolver. No document is read unless
    it is synced. The exit code is 3 when there are differences; with --sync, when any remain.

    \b
    Example:
      thoth-storages documents check
      thoth-storages documents check solver --sync --jobs 4
      thoth-storages documents check --output json | jq -r '.solver.never_synced[]'
    """
    report = _report(output)
    differ = False
    with connected_graph() as graph, interruptible("the current batch") as is_interrupted:
        for kind in kinds or _KINDS:
            with readable_settings():
                comparison = compare_documents(SYNCED[sync_name(kind)], graph)
            with comparison:
                synced = _sync(kind, comparison, graph, jobs, is_interrupted) if sync else 0
                report.add(kind, comparison, synced)
                differ |= comparison.never_synced.number > synced or comparison.document_gone.number > 0
            if is_interrupted():
                break
        interrupted = is_interrupted()
    report.end()
    if interrupted:
        click.echo("Interrupted: the same command goes on with the rest.", err=True)
        ctx.exit(ExitCode.INTERRUPTED)
    if differ:
        ctx.exit(ExitCode.FOUND)


def _sync(
    kind: str, comparison: Comparison, graph: GraphDatabase, jobs: int, is_interrupted: Callable[[], bool]
) -> int:
    with progress_bar() as show:
        watch = Watch(show, comparison.never_synced.number)
        return sync_missing(
            SYNCED[sync_name(kind)],
            comparison,
            graph,
            jobs=jobs,
            on_progress=watch.see,
            should_stop=is_interrupted,
        )


class _Report(Protocol):
    def add(self, kind: str, comparison: Comparison, synced: int) -> None: ...
    def end(self) -> None: ...


def _report(output: str) -> _Report:
    if output == "json":
        return _JsonReport()
    return _TextReport() if output == "text" else _RowsReport(output)


class _TextReport:
    """The documents line by line, and how many there are of each kind at the end."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, int, int, int, int, int]] = []

    def add(self, kind: str, comparison: Comparison, synced: int) -> None:
        """Write the differences of a kind, and of the documents that were never synced how many are now."""
        missing, gone = comparison.never_synced, comparison.document_gone
        for listed in missing:
            click.echo(f"never synced: {listed.label}")
        for listed in gone:
            click.echo(f"document gone: {listed.label}")
        self._rows.append((kind, comparison.stored, comparison.in_graph, missing.number, gone.number, synced))

    def end(self) -> None:
        """Write the numbers."""
        if any(missing or gone for _, _, _, missing, gone, _ in self._rows):
            click.echo()
        click.echo(table(("KIND", "STORED", "IN GRAPH", "NEVER SYNCED", "DOCUMENT GONE", "SYNCED NOW"), self._rows))


class _JsonReport:
    """One object: for each kind its numbers, and the documents that differ."""

    def __init__(self) -> None:
        self._before = "{"

    def add(self, kind: str, comparison: Comparison, synced: int) -> None:
        """Write a member for a kind."""
        numbers = {"stored": comparison.stored, "in_graph": comparison.in_graph, "synced_now": synced}
        click.echo(f"{self._before}\n  {json_text(kind)}: {json_text(numbers)[:-1]}", nl=False)
        for name, documents in (("never_synced", comparison.never_synced), ("document_gone", comparison.document_gone)):
            click.echo(f', "{name}": [', nl=False)
            for piece in _separated(documents):
                click.echo(piece, nl=False)
            click.echo("]", nl=False)
        click.echo("}", nl=False)
        self._before = ","

    def end(self) -> None:
        """Close the object."""
        click.echo("\n}")


class _RowsReport:
    """A line for each document that differs."""

    _COLUMNS = ("kind", "difference", "document_id", "result_number")

    def __init__(self, output: str) -> None:
        self._is_csv = output == "csv"
        if self._is_csv:
            click.echo(csv_line(self._COLUMNS), nl=False)

    def add(self, kind: str, comparison: Comparison, synced: int) -> None:
        """Write the differences of a kind."""
        for listed in comparison.never_synced:
            self._write(kind, "never_synced", listed)
        for listed in comparison.document_gone:
            self._write(kind, "document_gone", listed)

    def end(self) -> None:
        """Write nothing more."""

    def _write(self, kind: str, difference: str, listed: Listed) -> None:
        values = (kind, difference, listed.document_id, listed.result_number)
        row = dict(zip(self._COLUMNS, values, strict=True))
        click.echo(csv_line(values) if self._is_csv else json_line(row), nl=False)


def _separated(documents: Iterable[Listed]) -> Iterator[str]:
    before = ""
    for listed in documents:
        number = {} if listed.result_number is None else {"result_number": listed.result_number}
        yield before + json_text({"document_id": listed.document_id, **number} if number else listed.document_id)
        before = ", "
