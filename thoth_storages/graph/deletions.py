"""Deleting what documents brought into the graph."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg

from ..sql.named import queries
from .batches import ADVISER_RUNS, IMAGE_ANALYSES, SOLVER_RUNS, BatchedDeletion

Connection = psycopg.Connection[Any]


class RecordDeletions(BatchedDeletion):
    """The part of ``GraphDatabase`` that deletes what documents tell of.

    What a run found goes with it; package versions, stacks, environments and whatever else several runs may share
    stays. Deleting many goes in batches, each a transaction of its own that takes whole documents: one that is
    interrupted is finished by doing it again.
    """

    def delete_solved(self, *, os_name: str, os_version: str, python_version: str) -> int:
        """Delete the solvers of a software environment with all their runs; answers how many solvers there were.

        Raises ValueError where one of the three isn't given.

        >>> graph.delete_solved(os_name="fedora", os_version="35", python_version="3.10")
        """
        environment = {"os_name": os_name, "os_version": os_version, "python_version": python_version}
        if missing := [name for name, value in environment.items() if not value]:
            raise ValueError(f"{' and '.join(missing)} must be given, as solvers of one environment are deleted")
        self._delete_runs(SOLVER_RUNS, **environment)

        def delete(connection: Connection) -> int:
            queries._lock_solvers(connection)
            return queries._delete_solvers(connection, **environment)

        return self.write(delete)

    def delete_solver_result(self, solver_document_id: str) -> int:
        """Delete the runs that a solver's document tells of, one a package version; answers how many there were.

        >>> graph.delete_solver_result("solver-fedora-35-py310-211231120000-0a1b2c3d4e5f6071")
        """
        return self._delete_runs_of([solver_document_id], SOLVER_RUNS)

    def delete_adviser_run(self, *, end_datetime: datetime | None = None, adviser_version: str | None = None) -> int:
        """Delete the adviser's runs before a moment, or those by a version of it; answers how many there were.

        Given both, it is the runs of which both are true; given none, ValueError is raised. ``end_datetime`` is in UTC
        when it has no time zone.

        >>> graph.delete_adviser_run(end_datetime=datetime.datetime(2021, 12, 31), adviser_version="0.21.1")
        """
        return self._delete_runs(ADVISER_RUNS, **filters_of(end_datetime, adviser_version=adviser_version))

    def delete_adviser_result(self, adviser_document_id: str) -> int:
        """Delete the run that the adviser's document tells of; answers 1, or 0 when there is none.

        >>> graph.delete_adviser_result("adviser-211231120000-0a1b2c3d4e5f6071")
        """
        return self._delete_runs_of([adviser_document_id], ADVISER_RUNS)

    def delete_package_extract_run(
        self, *, end_datetime: datetime | None = None, package_extract_version: str | None = None
    ) -> int:
        """Delete image analyses before a moment, or those by a version of the analyser; answers how many there were.

        Given both, it is the analyses of which both are true; given none, ValueError is raised. ``end_datetime`` is in
        UTC when it has no time zone.

        >>> graph.delete_package_extract_run(end_datetime=datetime.datetime(2021, 12, 31))
        """
        filters = filters_of(end_datetime, package_extract_version=package_extract_version)
        return self._delete_runs(IMAGE_ANALYSES, **filters)

    def delete_analysis_result(self, analysis_document_id: str) -> int:
        """Delete the image analysis that a document tells of; answers 1, or 0 when there is none.

        >>> graph.delete_analysis_result("package-extract-211231120000-0a1b2c3d4e5f6071")
        """
        return self._delete_runs_of([analysis_document_id], IMAGE_ANALYSES)


def filters_of(end_datetime: datetime | None, **version: str | None) -> dict[str, Any]:
    """Answer the filters that choose runs; raises ValueError for what is no moment, or no version."""
    if end_datetime is not None and not isinstance(end_datetime, datetime):
        raise ValueError(f"end_datetime is a datetime, not {end_datetime!r}")
    for name, value in version.items():
        if value is not None and not (isinstance(value, str) and value):
            raise ValueError(f"{name} is a text like '1.2.3', not {value!r}; None means every version")
    return {"end_datetime": end_datetime, **version}
