"""Is what is on the server's disks sound, and is there room?"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ...backup.scratch import SCRATCH_PREFIX
from ...database import Connection
from ...exceptions import DatabaseError
from ...graph.administration import find_damage
from ...sql.migrating.facts import BOOKKEEPING
from ...sql.named import queries
from ...words import listed, size
from ..examination import Examination, Finding, Status, check

_MEBIBYTE = 2**20
_BLOATED_PERCENT = 50
_BLOATED_MEBIBYTES = 100
_LEAST_FREE_SHARE = 0.02
_LEAST_FREE_BYTES = 256 * _MEBIBYTE
# The server refuses every write 3 million transactions before 2**31; vacuum gives up being gentle at 1.6 billion.
_MOST_TRANSACTIONS = 2**31 - 3_000_000
_FAILING_AGE = 1_200_000_000
_WARNING_AGE = 500_000_000
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@check("bloat")
def bloat(examination: Examination) -> Finding:
    """Whether tables and indexes take much more room than what is in them needs, as the statistics estimate it."""
    connection = examination.connection
    tables = [
        f"{each['tablename']} ({each['mb_bloat']:,.0f} MiB, {each['pct_bloat']:.0f} %)"
        for each in queries.get_bloat_data(connection)
        if each["pct_bloat"] >= _BLOATED_PERCENT and each["mb_bloat"] >= _BLOATED_MEBIBYTES
    ]
    indexes = [
        f"{each['index_name']} ({each['bloat_mb']:,.0f} MiB, {each['bloat_pct']:.0f} %)"
        for each in queries.get_index_bloat_data(connection)
        if each["bloat_pct"] >= _BLOATED_PERCENT and each["bloat_mb"] >= _BLOATED_MEBIBYTES
    ]
    if tables or indexes:
        remedy = "REINDEX INDEX CONCURRENTLY for indexes; VACUUM (FULL) for tables locks them, pg_repack doesn't"
        return Finding(Status.WARN, f"bloated: {listed([*tables, *indexes])}", remedy)
    # the records of migrations are so small that autovacuum never comes to them
    if unknown := [each for each in queries._get_never_analyzed_tables(connection) if not re.search(BOOKKEEPING, each)]:
        return Finding(Status.WARN, f"never analysed, so nothing is known: {listed(unknown)}", "run ANALYZE")
    return Finding(Status.OK, f"nothing that is half empty and wastes {_BLOATED_MEBIBYTES} MiB")


@check("amcheck")
def amcheck(examination: Examination) -> Finding:
    """Whether the B-tree indexes are sound, as the extension amcheck finds out; it reads them whole."""
    connection = examination.connection
    try:
        damaged = find_damage(connection)
    except DatabaseError as error:
        return Finding(Status.UNKNOWN, str(error))
    if damaged:
        remedy = f"take a backup of the files, see the disks and the log, then REINDEX INDEX CONCURRENTLY {damaged}"
        return Finding(Status.FAIL, f"index {damaged} is damaged", remedy)
    return Finding(Status.OK, "no index is damaged")


@check("free-space")
def free_space(examination: Examination) -> Finding:
    """Whether the largest table could be written anew, where the server's disk can be seen from here."""
    connection = examination.connection
    largest = queries._get_largest_table(connection)
    if largest is None:
        return Finding(Status.OK, "there are no tables")
    name, number, location = largest
    needed = f"the largest table, {name}, takes {size(number)} with its indexes"
    folder = _visible_folder(connection, location)
    if folder is None:
        return Finding(
            Status.UNKNOWN,
            f"{needed}; the server's disk can't be seen from here",
            "see on the server that so much is free",
        )
    disk = os.statvfs(folder)
    free, total = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
    said = f"{size(free)} of {size(total)} are free where the server keeps its data ({folder}); {needed}"
    if free < max(_LEAST_FREE_BYTES, _LEAST_FREE_SHARE * total):
        return Finding(Status.FAIL, said, "make room: a full disk ends every write")
    if free < number:
        return Finding(Status.WARN, said, "make room: neither REINDEX nor VACUUM (FULL) of that table could end")
    return Finding(Status.OK, said)


@check("scratch-databases")
def scratch_databases(examination: Examination) -> Finding:
    """Whether an interrupted restore left a database behind that takes room."""
    found = queries._get_abandoned_databases(examination.connection, prefix=SCRATCH_PREFIX)
    if found:
        named = listed([f"{name} ({size(number)})" for name, number in found])
        remedy = f"the next restore drops them; or now: DROP DATABASE {found[0][0]}"
        return Finding(Status.WARN, f"left behind by interrupted restores: {named}", remedy)
    return Finding(Status.OK, "none was left behind")


@check("wraparound")
def wraparound(examination: Examination) -> Finding:
    """Whether old rows are frozen long before the numbers of transactions are used up."""
    ages = queries._get_transaction_ages(examination.connection)
    name, age = max(ages, key=lambda each: each[1])
    said = f"the oldest number in use is {age:,} back (database {name}), of {_MOST_TRANSACTIONS:,} that there are"
    remedy = "see that autovacuum works and no old transaction or replication slot holds it up, and VACUUM (FREEZE)"
    if age > _FAILING_AGE:
        return Finding(Status.FAIL, said, remedy)
    return Finding(Status.WARN, said, remedy) if age > _WARNING_AGE else Finding(Status.OK, said)


def _visible_folder(connection: Connection, location: str | None) -> Path | None:
    """Answer the folder of the server's data, if the server is on this machine and that can be seen."""
    host = connection.info.host
    if not (host.startswith("/") or host in _LOOPBACK):
        return None
    folder = Path(location or _data_directory(connection))
    try:
        is_there = folder.is_dir()
    except PermissionError:
        return None
    return folder if is_there else None


def _data_directory(connection: Connection) -> str:
    row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return str(row[0])
