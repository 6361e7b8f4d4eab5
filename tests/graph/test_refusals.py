"""What can't be meant is refused by every method that takes it, before anything is asked or written.

The adapter of these tests isn't connected: a method that went on with such an argument would say so instead.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from thoth_storages import GraphDatabase
from thoth_storages.exceptions import NotConnectedError, NotFoundError, SortTypeQueryError

# By the name of the parameter: an argument that can't be meant, what is raised, and what the message says at least.
MISTAKES: list[tuple[str, Any, type[Exception], str]] = [
    ("start_offset", -1, ValueError, "start_offset: -1 is negative"),
    ("count", -1, ValueError, "count: -1 is negative"),
    ("initial_date", "2022-01-31", ValueError, "initial_date: a date in the form DD-MM-YYYY is needed"),
    ("final_date", "yesterday", ValueError, "final_date: a date in the form DD-MM-YYYY is needed"),
    ("timestamp", "yesterday", ValueError, "timestamp: a datetime is needed, not 'yesterday'"),
    ("end_datetime", "yesterday", ValueError, "end_datetime.* a datetime.* not 'yesterday'"),
    ("last_run_before", "yesterday", ValueError, "last_run_before: a datetime is needed, not 'yesterday'"),
    ("last_run_after", "yesterday", ValueError, "last_run_after: a datetime is needed, not 'yesterday'"),
    ("source_type", "BOGUS", ValueError, "CLI, KEBECHET, S2I, JUPYTER_NOTEBOOK, GITHUB_APP.* not 'BOGUS'"),
    ("software_stack_type", "BOGUS", ValueError, "USER, INSPECTION, ADVISED.* not 'BOGUS'"),
    ("sort_by", "BOGUS", SortTypeQueryError, "PACKAGE_NAME or .*PACKAGE_VERSION, not 'BOGUS'"),
    ("kebechet_manager", "BOGUS", NotFoundError, "INFO_MANAGER, .*THOTH_PROVENANCE_MANAGER, not 'BOGUS'"),
    ("version_specifier", "=>1", ValueError, "version_specifier is a PEP 440 specifier.*'=>1' isn't one"),
    ("solver_name", "bogus", ValueError, "solver-<os_name>-<os_version>-py<digits>"),
    ("extras", "test", TypeError, "extras: a set of names is needed, not the text 'test'"),
]

# Arguments of parameters without a default.
REQUIRED: dict[str, Any] = {"bool": True, "int": 1, "str": "x", "datetime": dt.datetime(2022, 1, 1)}


def methods_with(parameter: str) -> Iterator[str]:
    """The public methods of the graph that take a parameter of that name."""
    for name, method in inspect.getmembers(GraphDatabase, inspect.isfunction):
        if not name.startswith("_") and parameter in inspect.signature(method).parameters:
            yield name


def required_arguments(method: Callable[..., Any]) -> dict[str, Any]:
    """An argument for each parameter that has to be given, by its annotation or else a text."""
    parameters = inspect.signature(method).parameters.values()
    needed = [each for each in parameters if each.default is each.empty and each.kind is not each.VAR_POSITIONAL]
    return {each.name: REQUIRED.get(str(each.annotation), "x") for each in needed}


@pytest.mark.parametrize(
    ("method", "parameter", "argument", "error", "said"),
    [
        pytest.param(method, *mistake, id=f"{method}-{mistake[0]}")
        for mistake in MISTAKES
        for method in methods_with(mistake[0])
    ],
)
def test_an_argument_that_can_t_be_meant_is_refused(
    method: str, parameter: str, argument: Any, error: type[Exception], said: str
) -> None:
    function = getattr(GraphDatabase(), method)
    with pytest.raises(error, match=said):
        function(**{**required_arguments(function), parameter: argument})


@pytest.mark.parametrize("parameter", [parameter for parameter, *_ in MISTAKES])
def test_there_is_a_method_for_every_mistake(parameter: str) -> None:
    assert list(methods_with(parameter))


@pytest.mark.parametrize("method", ["get_adviser_run_document_ids_all", "set_cve_timestamp"])
def test_what_can_be_meant_is_asked(method: str) -> None:
    function = getattr(GraphDatabase(), method)
    arguments = required_arguments(function)
    arguments |= {"timestamp": dt.datetime(2022, 1, 1)} if "timestamp" in arguments else {"source_type": "CLI"}
    with pytest.raises(NotConnectedError):
        function(**arguments)


def test_every_parameter_that_is_a_moment_is_among_the_mistakes() -> None:
    named = {
        parameter
        for _, method in inspect.getmembers(GraphDatabase, inspect.isfunction)
        for parameter in inspect.signature(method).parameters
    }
    moments = {name for name in named if re.search(r"(^|_)(date|datetime|timestamp|before|after)$", name)}
    assert moments - {"convert_datetime"} <= {parameter for parameter, *_ in MISTAKES}
