"""A function that runs one check on the database of a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fix_postgres import variables_of
from thoth_storages.doctor import Examination, Result, examine
from thoth_storages.settings import DatabaseSettings

Run = Callable[..., Result]


@pytest.fixture
def run(database: str) -> Run:
    """A function that runs a check on ``database``, or on another one, and answers its result."""

    def run_check(name: str, conninfo: str = database, **variables: str) -> Result:
        settings = DatabaseSettings.from_environment(variables_of(conninfo) | variables)
        with Examination(settings) as examined:
            (result,) = examine(examined, [name])
        return result

    return run_check
