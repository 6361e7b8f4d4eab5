"""``thoth-storages documents store`` and ``remove``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..ahead import read_ahead
from ..exceptions import SchemaError, ThothStorageExceptionError
from ..sync.source import read_file
from .confirming import confirm, yes_option
from .document_kinds import OTHER_KINDS, SYNCED_KINDS, WRITABLE_KINDS, kind_argument
from .output import counted, output_option, write, write_names
from .progress import watched

if TYPE_CHECKING:
    from .document_stores import WritableStore


@click.command()
@kind_argument(*WRITABLE_KINDS)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@output_option
def store(kind: str, files: tuple[str, ...], output: str) -> None:
    """Store documents from files of JSON.

    Their ids are written to stdout. All files are checked first: when one hasn't the form of the kind, none is stored.
    A document is stored in the place of one with the same id. 'thoth-storages sync ID' brings it into the graph. The
    kinds are those that 'thoth-storages documents --help' names, but for those that workflows write.

    \b
    Example:
      thoth-storages documents store adviser adviser-220131050913-b7c4ef0fc532ac45.json
      thoth-storages documents store solver documents/solver-*.json | xargs thoth-storages sync
    """
    from .document_stores import WritableStore, open_store

    opened = open_store(kind)
    assert isinstance(opened, WritableStore)
    _check_all(opened, files)
    stored = []
    for document_id in watched(map(opened.store, map(read_file, files)), len(files), "documents stored"):
        stored.append(document_id)
        if output == "text":
            click.echo(document_id)
    if output != "text":
        write_names(output, "stored", stored, column="document_id")


@click.command()
@kind_argument(*SYNCED_KINDS, *OTHER_KINDS)
@click.argument("document_ids", metavar="ID...", nargs=-1, required=True)
@yes_option
@output_option
def remove(kind: str, document_ids: tuple[str, ...], yes: bool, output: str) -> None:
    """Remove documents from the object store for good.

    Their ids are written to stdout. One that isn't there is an error (the exit code is 1), but the others are removed
    all the same. What a document brought into the graph stays: 'thoth-storages purge' deletes both. An inspection or
    security indicators go with all of their files. The kinds are those that 'thoth-storages documents --help' names.

    \b
    Example:
      thoth-storages documents remove adviser adviser-220131050913-b7c4ef0fc532ac45
      thoth-storages documents list adviser --end-date 2020-01-01 | xargs thoth-storages documents remove adviser --yes
    """
    from .document_stores import open_store

    opened, ids = open_store(kind), tuple(dict.fromkeys(document_ids))
    confirm(f"Remove {counted(len(ids), 'document')} from {opened.place}?", yes=yes)
    done: dict[bool, list[str]] = {True: [], False: []}
    for document_id, removing in watched(read_ahead(ids, opened.remove), len(ids), "documents removed"):
        was_there = removing.result()
        done[was_there].append(document_id)
        if was_there and output == "text":
            click.echo(document_id)
    removed, missing = done[True], done[False]
    if output != "text":
        rows = [{"document_id": document_id} for document_id in removed]
        write(output, str, {"removed": removed, "missing": missing}, columns=["document_id"], rows=rows)
    if missing:
        raise click.ClickException(f"No {' and no '.join(map(repr, missing))} in {opened.place}")


def _check_all(opened: WritableStore, files: Sequence[str]) -> None:
    """Refuse all files when one of them can't be stored."""
    files_by_id: dict[str, str] = {}
    refused = 0
    for file in files:
        try:
            document_id = opened.check(read_file(file))
            if document_id in files_by_id:
                raise SchemaError(f"its id {document_id!r} is that of {files_by_id[document_id]}, too")
            files_by_id[document_id] = file
        except ThothStorageExceptionError as error:
            reason = str(error)
            click.echo(reason if reason.startswith(file) else f"{file}: {reason}", err=True)
            refused += 1
    if refused:
        raise click.ClickException(f"{refused} of {len(files)} files can't be stored, so none is")
