"""The tree of errors: one root to catch, and the names that services catch."""

from __future__ import annotations

import inspect

import pytest

from thoth_storages import exceptions
from thoth_storages.exceptions import ThothStorageExceptionError

ERRORS = [
    value for value in vars(exceptions).values() if inspect.isclass(value) and value.__module__ == exceptions.__name__
]


@pytest.mark.parametrize("error", ERRORS)
def test_each_error_is_caught_by_the_root_and_says_what_it_is_for(error: type[Exception]) -> None:
    assert issubclass(error, ThothStorageExceptionError)
    assert error.__name__.endswith("Error")
    assert error.__doc__


@pytest.mark.parametrize(
    "name", ["NotFoundError", "CacheMissError", "DatabaseNotInitializedError", "NotConnectedError"]
)
def test_the_names_that_services_catch_are_there(name: str) -> None:
    assert hasattr(exceptions, name)


@pytest.mark.parametrize("name", ["DocumentError", "SolverNameParseError"])
def test_what_is_about_a_value_is_a_value_error_too(name: str) -> None:
    assert issubclass(getattr(exceptions, name), ValueError)


def test_an_error_of_a_database_is_told_from_others() -> None:
    about_databases = {error.__name__ for error in ERRORS if issubclass(error, exceptions.DatabaseError)}
    assert {"DatabaseUnreachableError", "DatabaseNotInitializedError", "MigrationError"} < about_databases
    assert "NotFoundError" not in about_databases
