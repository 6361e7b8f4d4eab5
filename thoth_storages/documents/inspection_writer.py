"""Writing what inspection documents say: a bounded number of statements, however many there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Integers, Moments, Numbers, Texts
from .entity_writer import write_package_indexes
from .environment_writer import write_hardware, write_software_environments
from .identities import upsert
from .inspection import InspectionRows, InspectionRun
from .performance_indicators import INDICATORS, Measurement
from .stack_writer import write_stacks

Connection = psycopg.Connection[Any]


def write_inspection_results(connection: Connection, documents: Sequence[InspectionRows]) -> None:
    """Write the rows of inspection documents into the transaction that the connection is in.

    A result that Dependency Monkey asked for is synced then, and stays tied to the run that asked. Of several documents
    of one result the last is written. What a script measured is added to what the result has, and replaces nothing:
    databases of the original may have what belongs to another result there.

    Raises SolverNotRunError, with the document's id, for a locked version that no solver saw in the environment of the
    run: the transaction is to be rolled back. Retry it as a whole after a deadlock or a serialization failure.
    """
    rows = list({(each.run.document_id, each.run.result_number): each for each in documents}.values())
    runs = [each.run for each in rows]
    queries.sync.settle_plans(connection)
    queries.sync.lock_documents(connection, Texts({run.document_id for run in runs}))
    run_ids = _write_runs(connection, runs, _Parts(connection, runs))
    measurements = {run_ids[each.run]: each.measurement for each in rows if each.measurement is not None}
    _write_measurements(connection, measurements)


class _Parts:
    """What runs refer to, once it is written."""

    def __init__(self, connection: Connection, runs: Sequence[InspectionRun]) -> None:
        told_by = {run.stack: run.document_id for run in runs if run.stack is not None}
        write_package_indexes(connection, [line.index_url for stack in told_by for line in stack.requirements or ()])
        hardware = {each for run in runs for each in (run.build_hardware, run.run_hardware)}
        self._hardware_ids = write_hardware(connection, hardware, is_external=False)
        environments = {each for run in runs for each in (run.build_environment, run.run_environment)}
        self._environment_ids = write_software_environments(connection, environments, is_external=False)
        self._stack_ids = write_stacks(connection, told_by, told_by)

    def columns(self, runs: Sequence[InspectionRun]) -> list[Any]:
        """Answer the columns of what runs say, but for their names."""
        return [
            Moments(run.datetime for run in runs),
            Numbers(run.build_requests.cpu for run in runs),
            Numbers(run.build_requests.memory for run in runs),
            Numbers(run.run_requests.cpu for run in runs),
            Numbers(run.run_requests.memory for run in runs),
            Integers(self._hardware_ids[run.build_hardware] for run in runs),
            Integers(self._hardware_ids[run.run_hardware] for run in runs),
            Integers(self._environment_ids[run.build_environment] for run in runs),
            Integers(self._environment_ids[run.run_environment] for run in runs),
            Integers(None if run.stack is None else self._stack_ids[run.stack] for run in runs),
        ]


def _write_runs(connection: Connection, runs: Sequence[InspectionRun], parts: _Parts) -> dict[InspectionRun, int]:
    """Have one row a run that says what its document does; answer the rows' ids."""

    def columns(wanted: Sequence[InspectionRun]) -> list[Any]:
        names = [Texts(run.document_id for run in wanted), Integers(run.result_number for run in wanted)]
        return [*names, *parts.columns(wanted)]

    return upsert(
        runs,
        lambda wanted: queries.sync.get_inspection_run_ids(connection, *columns(wanted)),
        lambda missing: queries.sync.insert_inspection_runs(connection, *columns(missing)),
        lambda ids, known: queries.sync.update_inspection_runs(connection, ids, *parts.columns(known)),
    )


def _write_measurements(connection: Connection, measurements: Mapping[int, Measurement]) -> None:
    by_indicator: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for run_id, measurement in measurements.items():
        by_indicator[measurement.indicator].append({"inspection_run_id": run_id, **dict(measurement.columns)})
    for name, indicator in INDICATORS.items():
        if found := by_indicator.get(name):
            indicator.insert(connection, json.dumps(found))
