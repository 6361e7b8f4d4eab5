"""What services may call has an example of a call in its docstring."""

from __future__ import annotations

import doctest
import inspect
from typing import Any

import pytest

import thoth_storages
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import ThothStorageExceptionError

_METHODS = {name: getattr(GraphDatabase, name) for name in dir(GraphDatabase) if not name.startswith("_")}
_OWN = {name: getattr(thoth_storages, name) for name in thoth_storages.__all__}
CALLED = {
    **{f"GraphDatabase.{name}": each for name, each in _METHODS.items() if name != "DEFAULT_COUNT"},
    **{name: each for name, each in _OWN.items() if inspect.isfunction(each)},
    **{
        name: each
        for name, each in _OWN.items()
        if inspect.isclass(each) and not issubclass(each, ThothStorageExceptionError | tuple)
    },
}


@pytest.mark.parametrize("name", CALLED)
def test_it_is_shown_how_it_is_called(name: str) -> None:
    called: Any = CALLED[name]
    examples = doctest.DocTestParser().get_examples(inspect.getdoc(called) or "")
    assert examples
    for example in examples:
        compile(example.source, name, "single")
