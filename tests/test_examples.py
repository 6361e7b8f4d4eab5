"""What services may call has an example of a call in its docstring."""

from __future__ import annotations

import doctest
import inspect
from typing import Any

import pytest

import thoth_storages
from thoth_storages import (
    AlreadyConnectedError,
    DistutilsKeyNotKnownError,
    DocumentError,
    GraphDatabase,
    NoDocumentIdError,
    NotConnectedError,
    NotFoundError,
    PythonIndexNotProvidedError,
    PythonIndexNotRegisteredError,
    SolverNameParseError,
    SortTypeQueryError,
    ThothStorageExceptionError,
)

# Services may catch them, as the original raises them.
NEVER_RAISED = (PythonIndexNotRegisteredError, PythonIndexNotProvidedError, DistutilsKeyNotKnownError)

_METHODS = {name: getattr(GraphDatabase, name) for name in dir(GraphDatabase) if not name.startswith("_")}
_OWN = {name: getattr(thoth_storages, name) for name in thoth_storages.__all__}
CALLED = {
    **{f"GraphDatabase.{name}": each for name, each in _METHODS.items() if name != "DEFAULT_COUNT"},
    **{name: each for name, each in _OWN.items() if inspect.isfunction(each)},
    **{
        name: each
        for name, each in _OWN.items()
        if inspect.isclass(each) and not issubclass(each, (tuple, *NEVER_RAISED))
    },
}


def examples_of(documented: Any) -> list[str]:
    """The statements of the examples in a docstring."""
    return [each.source for each in doctest.DocTestParser().get_examples(inspect.getdoc(documented) or "")]


@pytest.mark.parametrize("name", CALLED)
def test_it_is_shown_how_it_is_called(name: str) -> None:
    examples = examples_of(CALLED[name])
    assert examples
    for example in examples:
        compile(example, name, "single")


@pytest.mark.parametrize(
    "error",
    [
        AlreadyConnectedError,
        DocumentError,
        NoDocumentIdError,
        NotConnectedError,
        NotFoundError,
        SolverNameParseError,
        SortTypeQueryError,
    ],
)
def test_the_example_of_an_error_raises_it(error: type[ThothStorageExceptionError], graph: GraphDatabase) -> None:
    if error is AlreadyConnectedError:
        graph.disconnect()
    *before, last = examples_of(error)
    names = {**vars(thoth_storages), "GraphDatabase": GraphDatabase, "graph": graph}
    for example in before:
        exec(example, names)
    with pytest.raises(error):
        exec(last, names)
