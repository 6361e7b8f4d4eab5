"""What solvers found out: a document a package version and environment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypedDict

from ..documents.solver_name import solver_name_of
from .results import ResultStorageBase, chosen
from .window import Window


class SolverInfo(TypedDict):
    """Which solver is meant, by the environment for which it solves."""

    os_name: str
    os_version: str
    python_version: str


class SolverResultsStore(ResultStorageBase):
    """Dependencies of packages, or why they can't be installed.

    Ids are ``<solver>-<moment>-<hash>``, where a solver is named ``solver-<os_name>-<os_version>-py<digits>``.

    >>> store = SolverResultsStore()
    >>> store.connect()
    >>> rhel = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
    >>> list(store.get_document_listing(solver_info=rhel, start_date=date(2022, 1, 1)))
    ['solver-rhel-8-py38-220101000000-767594312d48098d']
    """

    RESULT_TYPE = "solver"

    @staticmethod
    def get_solver_name_from_document_id(solver_document_id: str) -> str:
        """Answer the name of the solver that made a document; raises SolverNameParseError for what isn't such an id."""
        return solver_name_of(solver_document_id)

    def get_document_listing(
        self,
        *,
        start_date: dt.date | None = None,
        end_date: dt.date | None = None,
        include_end_date: bool = False,
        only_requests: bool = False,
        solver_info: SolverInfo | None = None,
    ) -> Iterator[str]:
        """Iterate over ids as the other stores do; ``solver_info`` keeps those that one solver made.

        Without it, all documents are listed by the server to find those of some days.
        """
        window = Window.of(start_date, end_date, include_end_date=include_end_date)
        stem = _solver_name(solver_info) if solver_info else None
        if window:
            listing = window.listing(self.ceph, stem)
        else:
            listing = self.ceph.get_document_listing(f"{stem}-" if stem else "")
        return chosen(listing, only_requests=only_requests)


def _solver_name(info: SolverInfo) -> str:
    python = info["python_version"].replace(".", "")
    return f"solver-{info['os_name']}-{info['os_version']}-py{python}"
