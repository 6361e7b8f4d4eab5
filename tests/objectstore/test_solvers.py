"""Documents of solvers: by solver and by day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fix_s3 import S3
from thoth_storages import SolverResultsStore
from thoth_storages.exceptions import SolverNameParseError
from thoth_storages.objectstore.solvers import SolverInfo

IDS = [
    "solver-fedora-31-py37-220101000000-1",
    "solver-rhel-8-py3-220101000000-1",
    "solver-rhel-8-py38-220101000000-1",
    "solver-rhel-8-py38-220102000000-2",
    "solver-rhel-8-py38-220103000000-3",
    "solver-rhel-8-py38-220103000000-3.request",
    "solver-rhel-8-py39-220102000000-1",
]
RHEL = SolverInfo(os_name="rhel", os_version="8", python_version="3.8")
SECOND, THIRD = dt.date(2022, 1, 2), dt.date(2022, 1, 3)


@pytest.fixture
def solvers(s3: S3) -> SolverResultsStore:
    """A connected store with a few documents."""
    store = SolverResultsStore()
    store.connect()
    for document_id in IDS:
        store.ceph.store_document({}, document_id)
    return store


def test_all_are_listed(solvers: SolverResultsStore) -> None:
    assert list(solvers.get_document_listing()) == [each for each in IDS if not each.endswith(".request")]
    assert list(solvers.get_document_listing(only_requests=True)) == [IDS[5]]


def test_those_of_a_solver_are_listed(solvers: SolverResultsStore) -> None:
    assert list(solvers.get_document_listing(solver_info=RHEL)) == IDS[2:5]
    assert list(solvers.get_document_listing(solver_info={**RHEL, "python_version": "3"})) == IDS[1:2]
    assert solvers.get_document_count(solver_info={**RHEL, "os_version": "7"}) == 0


def test_those_of_a_solver_and_some_days_are_listed(solvers: SolverResultsStore) -> None:
    assert list(solvers.get_document_listing(solver_info=RHEL, start_date=SECOND)) == IDS[3:5]
    assert list(solvers.get_document_listing(solver_info=RHEL, start_date=SECOND, end_date=THIRD)) == IDS[3:4]
    assert solvers.get_document_count(solver_info=RHEL, start_date=SECOND, only_requests=True) == 1


def test_those_of_some_days_are_listed_whoever_made_them(solvers: SolverResultsStore) -> None:
    assert list(solvers.get_document_listing(start_date=SECOND, end_date=THIRD)) == [IDS[3], IDS[6]]


def test_an_id_tells_the_solver() -> None:
    assert SolverResultsStore.get_solver_name_from_document_id(IDS[2]) == "solver-rhel-8-py38"
    with pytest.raises(SolverNameParseError, match="not 'adviser-1-2'"):
        SolverResultsStore.get_solver_name_from_document_id("adviser-1-2")
