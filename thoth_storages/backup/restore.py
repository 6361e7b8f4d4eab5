"""Restoring a backup, so that a failure leaves what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..exceptions import BackupError
from ..sql.migrating.server import connect, database_exists
from ..sql.named import queries
from ..words import listed
from .load import load_dump
from .manifest import Manifest, check_files
from .places import BackupPlace
from .scratch import scratch_database, swap

_NAMED = 3


def restore_backup(conninfo: str, place: BackupPlace, name: str, *, replace: bool = False, jobs: int = 1) -> None:
    """Restore a backup into the database that a connection string names, which is created when it is missing.

    A database that holds something already is refused, unless it is to be replaced: then the dump is restored beside
    it, and takes its place at the end. ``jobs`` processes restore a directory or an archive. What was restored is
    compared with the manifest, where there is one, before anybody sees it: a failure leaves the database as it was.

    Raises BackupError, and NotFoundError for a backup that isn't there.
    """
    database = str(conninfo_to_dict(conninfo)["dbname"])
    is_there = database_exists(conninfo)
    if is_there and not replace:
        _refuse_filled(conninfo, database)
    manifest = place.manifest(name)
    with place.fetched(name) as dump:
        if manifest is not None:
            check_files(dump, manifest)
        if is_there and not replace and jobs == 1:
            with _saying_what_is_left(database):
                load_dump(dump, conninfo, manifest)
        else:
            _restore_beside(dump, manifest, conninfo, database, jobs)


def _refuse_filled(conninfo: str, database: str) -> None:
    with connect(conninfo) as connection:
        objects = queries._get_objects_of_users(connection)
    if objects:
        raise BackupError(
            f"Database {database!r} isn't empty, it holds {listed(objects, most=_NAMED)}: "
            "nothing is restored into it; --replace puts what is restored in its place"
        )


def _restore_beside(dump: Path, manifest: Manifest | None, conninfo: str, database: str, jobs: int) -> None:
    with scratch_database(conninfo, database) as scratch:
        with _saying_what_is_left(database):
            load_dump(dump, make_conninfo(conninfo, dbname=scratch), manifest, jobs=jobs)
        swap(conninfo, scratch, database)


@contextmanager
def _saying_what_is_left(database: str) -> Iterator[None]:
    """Tell of a dump that can't be loaded that the database is as it was."""
    try:
        yield
    except BackupError as error:
        error.add_note(f"nothing was restored into database {database!r}")
        raise
