"""``thoth-storages documents``: what is in the object store, listed, counted and shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .document_kinds import OTHER_KINDS, SYNCED_KINDS, UNDATED_KINDS, kind_argument, kinds_argument
from .documents_change import remove, store
from .documents_check import check
from .output import csv_lines, json_line, json_text, output_option, output_option_of, streamed_json, table, write
from .progress import watched

if TYPE_CHECKING:
    from ..objectstore.window import Window

Function = TypeVar("Function", bound=Callable[..., Any])

# Thoth's first documents are of 2018.
_FIRST_DAY = dt.datetime(2018, 1, 1)


@click.group(
    epilog="The object store is the one that THOTH_S3_ENDPOINT_URL, THOTH_CEPH_KEY_ID, THOTH_CEPH_SECRET_KEY and "
    "THOTH_CEPH_BUCKET name; the documents are those below THOTH_CEPH_BUCKET_PREFIX/THOTH_DEPLOYMENT_NAME."
)
def documents() -> None:
    """List, show, store, remove and compare documents.

    They are those in the object store; what they are compared with is the knowledge graph.

    Kinds of documents that are synced: {synced}. Kinds that aren't: {others}.

    \b
    Example:
      thoth-storages documents count
      thoth-storages documents show adviser adviser-220131050913-b7c4ef0fc532ac45
      thoth-storages documents check
    """


documents.help = (documents.help or "").format(synced=", ".join(SYNCED_KINDS), others=", ".join(OTHER_KINDS))


class _Day(click.DateTime):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day like 2022-01-31.", param, ctx)


def days_options(function: Function) -> Function:
    """Add ``--start-date`` and ``--end-date`` to a command."""
    day = _Day(["%Y-%m-%d"])
    start = click.option("--start-date", type=day, metavar="DAY", help="Those made on that day (2022-01-31) or later.")
    end = click.option("--end-date", type=day, metavar="DAY", help="Those made before that day.")
    return start(end(function))


@documents.command("list")
@kinds_argument(*SYNCED_KINDS, *OTHER_KINDS)
@days_options
@output_option
def list_(kinds: tuple[str, ...], start_date: dt.datetime | None, end_date: dt.datetime | None, output: str) -> None:
    """List the ids of documents.

    They are written as the store lists them, page by page, however many there are. The kinds are those that
    'thoth-storages documents --help' names.

    \b
    Example:
      thoth-storages documents list solver adviser
      thoth-storages documents list adviser --start-date 2022-01-31 --end-date 2022-02-01 --output ndjson
    """
    window = _window(kinds, start_date, end_date)
    listed = _listed(kinds, window)
    if output == "text":
        _write(f"{document_id}\n" for _, document_id in listed)
        return
    rows = ({"kind": kind, "document_id": document_id} for kind, document_id in listed)
    if output == "csv":
        _write(csv_lines(("kind", "document_id"), rows))
    else:
        _write(streamed_json(map(json_text, rows)) if output == "json" else map(json_line, rows))


@documents.command()
@kinds_argument(*SYNCED_KINDS, *OTHER_KINDS, required=False)
@days_options
@output_option
def count(kinds: tuple[str, ...], start_date: dt.datetime | None, end_date: dt.datetime | None, output: str) -> None:
    """Count documents: of all kinds that are synced, or of some kinds.

    The kinds are those that 'thoth-storages documents --help' names.

    \b
    Example:
      thoth-storages documents count
      thoth-storages documents count solver --start-date 2022-01-01
    """
    from .document_stores import open_store

    counted = kinds or (SYNCED_KINDS if start_date is None and end_date is None else _DATED_KINDS)
    window = _window(counted, start_date, end_date)
    numbers = {kind: sum(1 for _ in open_store(kind).ids(window)) for kind in counted}
    rows = [{"kind": kind, "number": number} for kind, number in numbers.items()]
    write(output, lambda: table(("KIND", "NUMBER"), numbers.items()), numbers, rows=rows)


@documents.command()
@kind_argument(*SYNCED_KINDS, *OTHER_KINDS)
@click.argument("document_ids", metavar="ID...", nargs=-1, required=True)
@output_option_of("json", "ndjson")
def show(kind: str, document_ids: tuple[str, ...], output: str) -> None:
    """Write documents to stdout.

    One is written as it is stored, several as a list; with --output ndjson, each in a line. An inspection is always
    several documents: one for each result, with the specification, as it can be synced. The kinds are those that
    'thoth-storages documents --help' names.

    \b
    Example:
      thoth-storages documents show adviser adviser-220131050913-b7c4ef0fc532ac45
      thoth-storages documents list solver | xargs thoth-storages documents show solver --output ndjson
    """
    from ..objectstore.documents import document_blob
    from .document_stores import open_store

    found = watched(open_store(kind).documents(document_ids), len(document_ids), "documents shown")
    if output == "ndjson":
        _write(map(json_line, found))
        return
    texts = (document_blob(document).decode() for document in found)
    is_list = len(document_ids) > 1 or kind == "inspection"
    _write(streamed_json(texts) if is_list else (f"{text}\n" for text in texts))


for command in (store, remove, check):
    documents.add_command(command)

_DATED_KINDS = tuple(kind for kind in SYNCED_KINDS if kind not in UNDATED_KINDS)


def _window(kinds: Iterable[str], start: dt.datetime | None, end: dt.datetime | None) -> Window | None:
    from ..objectstore.window import Window

    if start is None and end is None:
        return None
    first = start or _FIRST_DAY
    if end is not None and end <= first:
        raise click.UsageError(f"No day is from {first:%Y-%m-%d} on and before {end:%Y-%m-%d}: move --end-date.")
    if undated := [kind for kind in kinds if kind in UNDATED_KINDS]:
        raise click.UsageError(f"The ids of {' and '.join(undated)} don't tell the day: leave the dates out.")
    return Window.of(first, end)


def _listed(kinds: Iterable[str], window: Window | None) -> Iterator[tuple[str, str]]:
    from .document_stores import open_store

    # What the environment lacks is said before anything is written.
    for kind, opened in [(kind, open_store(kind)) for kind in kinds]:
        for document_id in opened.ids(window):
            yield kind, document_id


def _write(texts: Iterable[str]) -> None:
    for text in texts:
        click.echo(text, nl=False)
