"""Writing what documents of security indicators say: a bounded number of statements, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import psycopg

from ..exceptions import SolverNotRunError
from ..sql.named import queries
from .columns import Booleans, Integers, Moments, Texts, columns_of
from .identities import identify
from .security_indicators import SecurityCounts, SecurityIndicatorsRows, SecurityIndicatorsRun

Connection = psycopg.Connection[Any]


def write_security_indicators_results(connection: Connection, documents: Sequence[SecurityIndicatorsRows]) -> None:
    """Write the rows of documents of security indicators into the transaction that the connection is in.

    The analysis was of a version's sources, which are the same in every environment, but the table wants one of them:
    it is the first by operating system and Python version, and not by id, so that it doesn't depend on which solver was
    synced first. A document that is written again moves to an environment that comes before.

    Raises SolverNotRunError, before anything is written, for a package version that no solver has seen. Retry the whole
    transaction after a deadlock or a serialization failure.
    """
    by_id = {rows.run.document_id: rows for rows in documents}
    queries.sync.settle_plans(connection)
    if not by_id:
        return
    queries.sync.lock_documents(connection, Texts(by_id))
    seen = _find_versions(connection, list(by_id.values()))
    run_ids = _write_runs(connection, [rows.run for rows in by_id.values()])
    queries.sync.insert_si_aggregated(
        connection,
        Integers(run_ids[rows.run] for rows in by_id.values()),
        Integers(entity_id for entity_id, _ in seen),
        Integers(version_id for _, version_id in seen),
    )


def _find_versions(connection: Connection, documents: Sequence[SecurityIndicatorsRows]) -> list[tuple[int, int]]:
    """Answer the ids of each document's package version, by name and in its first environment."""
    found = queries.sync.get_first_version_ids(connection, *columns_of(rows.package for rows in documents))
    for number, rows in enumerate(documents, 1):
        if number not in found:
            package = rows.package
            raise SolverNotRunError(
                f"{rows.run.document_id}: metadata.arguments.app.py: no solver has seen {package.package_name} "
                f"{package.package_version} of {package.index_url}: sync a document of a solver that has first"
            )
    return [found[number] for number in range(1, len(documents) + 1)]


def _write_runs(connection: Connection, runs: Collection[SecurityIndicatorsRun]) -> dict[SecurityIndicatorsRun, int]:
    """Have one row a run that says what its document does; answer the rows' ids."""
    stored: dict[SecurityIndicatorsRun, SecurityIndicatorsRun] = {}

    def find(wanted: list[SecurityIndicatorsRun]) -> dict[int, int]:
        found = _find_runs(connection, wanted)
        stored.update((run, said) for run, (_, said) in found.items())
        return {number: found[run][0] for number, run in enumerate(wanted, 1) if run in found}

    def insert(missing: list[SecurityIndicatorsRun]) -> int:
        document_ids = Texts(run.document_id for run in missing)
        return queries.sync.insert_si_aggregated_runs(connection, document_ids, **_run_columns(missing))

    ids = identify(runs, find, insert).ids
    if changed := [run for run in runs if stored[run] != run]:
        run_ids = Integers(ids[run] for run in changed)
        queries.sync.update_si_aggregated_runs(connection, run_ids, **_run_columns(changed))
    return ids


def _find_runs(
    connection: Connection, runs: Collection[SecurityIndicatorsRun]
) -> dict[SecurityIndicatorsRun, tuple[int, SecurityIndicatorsRun]]:
    """Answer the row of each run's document, and what it says."""
    rows: dict[str, list[tuple[int, SecurityIndicatorsRun]]] = defaultdict(list)
    for run_id, document_id, moment, error, *counts in queries.sync.get_si_aggregated_runs(
        connection, Texts(run.document_id for run in runs)
    ):
        rows[document_id].append((run_id, SecurityIndicatorsRun(document_id, moment, error, SecurityCounts(*counts))))
    return {run: _choose(rows[run.document_id], run) for run in runs if run.document_id in rows}


def _choose(
    rows: list[tuple[int, SecurityIndicatorsRun]], run: SecurityIndicatorsRun
) -> tuple[int, SecurityIndicatorsRun]:
    """Choose one of the several rows that databases of the original hold of a document that changed between two syncs.

    When one of them says already what the document says now, making another say it would break the key.
    """
    return min(rows, key=lambda row: (row[1] != run, row[0]))


def _run_columns(runs: Collection[SecurityIndicatorsRun]) -> dict[str, Any]:
    counts = zip(*(run.counts for run in runs), strict=True)
    return {
        "datetimes": Moments(run.datetime for run in runs),
        "errors": Booleans(run.error for run in runs),
        **{name: Integers(column) for name, column in zip(SecurityCounts._fields, counts, strict=True)},
    }
