"""Examples of how queries are called."""

from __future__ import annotations

import ast
import datetime as dt
from typing import Any

import pytest

from thoth_storages.sql import example
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query
from thoth_storages.sql.signature import Parameter, Signature

PUBLIC = [query for query in catalog.in_namespace("") if not query.name.startswith("_")]


def test_what_has_to_be_given_has_a_value_of_its_name() -> None:
    signature = Signature(
        (
            Parameter("package_name", keyword_only=False),
            Parameter("index_url", keyword_only=False, default="None"),
            Parameter("os_name", keyword_only=True),
        )
    )
    assert example.call("get_a", signature) == 'get_a("flask", os_name="fedora")'


def test_what_is_not_known_stands_there_by_its_name() -> None:
    signature = Signature((Parameter("colour", keyword_only=False), Parameter("shape", keyword_only=True)))
    assert example.call("get_a", signature) == "get_a(colour, shape=shape)"


@pytest.mark.parametrize("query", PUBLIC, ids=lambda query: query.name)
def test_an_example_gives_a_query_what_it_takes(query: Query) -> None:
    called = ast.parse(example.call(query.name, query.header.signature), mode="eval").body
    assert isinstance(called, ast.Call)
    positional = [_value(each) for each in called.args]
    query.parameters(*positional, **{str(each.arg): _value(each.value) for each in called.keywords})


def _value(written: ast.expr) -> Any:
    return eval(ast.unparse(written), {"datetime": dt})
