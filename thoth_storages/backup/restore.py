"""Restoring a backup, so that a failure leaves what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..exceptions import BackupError
from ..sql.migrating.server import connect, database_exists
from ..sql.named import queries
from .fingerprint import Fingerprint, differences, take_fingerprints
from .load import load_dump
from .manifest import Manifest, check_files
from .places import BackupPlace
from .scratch import scratch_database, swap

_NAMED = 3
_MOST_SAID = 5


def restore_backup(conninfo: str, place: BackupPlace, name: str, *, replace: bool = False, jobs: int = 1) -> None:
    """Restore a backup into the database that a connection string names, which is created when it is missing.

    A database that holds something already is refused, unless it is to be replaced: then the dump is restored beside
    it, and takes its place at the end. So a failure leaves the database as it was. ``jobs`` processes restore a
    directory or an archive. What was restored is compared with the manifest, where there is one.

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
            load_dump(dump, conninfo)
            check_contents(conninfo, manifest, str(dump))
            _analyze(conninfo)
        else:
            _restore_beside(dump, manifest, conninfo, database, jobs)


def check_contents(conninfo: str, manifest: Manifest | None, origin: str) -> dict[str, Fingerprint]:
    """Answer the fingerprints of a database's tables.

    Raises BackupError when it doesn't hold what the manifest says, or, without a manifest, no table at all.
    """
    with connect(conninfo) as connection:
        found = take_fingerprints(connection)
    if not found:
        raise BackupError(f"{origin} holds no table: it is no dump of a knowledge graph")
    if manifest is not None and (said := differences(manifest.tables, found)):
        raise BackupError(f"What is restored from {origin} isn't what was dumped: {_listed(said, _MOST_SAID)}")
    return found


def _refuse_filled(conninfo: str, database: str) -> None:
    with connect(conninfo) as connection:
        objects = queries._get_objects_of_users(connection)
    if objects:
        raise BackupError(
            f"Database {database!r} isn't empty, it holds {_listed(objects, _NAMED, ', ')}: "
            "nothing is restored into it; --replace puts what is restored in its place"
        )


def _restore_beside(dump: Path, manifest: Manifest | None, conninfo: str, database: str, jobs: int) -> None:
    with scratch_database(conninfo, database) as scratch:
        beside = make_conninfo(conninfo, dbname=scratch)
        load_dump(dump, beside, jobs=jobs)
        check_contents(beside, manifest, str(dump))
        _analyze(beside)
        swap(conninfo, scratch, database)


def _analyze(conninfo: str) -> None:
    """Gather statistics, which no dump has; without them walks over dependencies take four times as long."""
    with connect(conninfo) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("ANALYZE")


def _listed(items: Sequence[str], most: int, separator: str = "; ") -> str:
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return separator.join(items[:most]) + more
