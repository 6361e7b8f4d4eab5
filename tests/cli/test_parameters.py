"""Arguments of a query, given as ``-p name=value``."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click
import pytest

from thoth_storages.cli.parameters import arguments, bound, chosen, kinds_of, required
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query
from thoth_storages.sql.source import read_text

DEPENDS_ON = catalog["get_depends_on"]


def query_of(params: str, name: str = "get_things") -> Query:
    """A query with that signature; it stands in no stub."""
    names = [each.partition("=")[0].partition(":")[0].strip() for each in params.split(";")]
    sql = ", ".join(f":{each}" for each in names if each not in ("", "*"))
    text = f"-- name: {name}\n-- params: {params.replace(';', ',')}\n-- returns: [a]\nSELECT {sql or '1'} AS a;\n"
    return Query(name, read_text(text)[0], lambda connection, **parameters: [])


def test_arguments_are_read_by_the_types_of_the_query() -> None:
    given = ["package_name=Flask", "extras=null,async", "is_missing=no", "marker_evaluation_result=null"]
    assert arguments(DEPENDS_ON, given) == {
        "package_name": "Flask",
        "extras": frozenset({None, "async"}),
        "is_missing": False,
        "marker_evaluation_result": None,
    }


def test_a_value_may_hold_equal_signs_and_be_empty() -> None:
    assert arguments(DEPENDS_ON, ["package_name=a=b", "package_version="]) == {
        "package_name": "a=b",
        "package_version": "",
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["package_name"], "'package_name' is no NAME=VALUE"),
        (["=flask"], "'=flask' is no NAME=VALUE"),
        (["package_nam=flask"], "get_depends_on takes no 'package_nam'; did you mean 'package_name'?"),
        (["colour=red"], "get_depends_on takes no 'colour'; it takes package_name, package_version, index_url, "),
        (
            ["package_name=a", "package_name=b"],
            "package_name is given twice; several values of one parameter have commas between them",
        ),
        (["is_missing=maybe"], "is_missing of get_depends_on takes true or false or null, not 'maybe'"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_would_be_right(given: list[str], said: str) -> None:
    with pytest.raises(click.BadParameter) as caught:
        arguments(DEPENDS_ON, given)
    assert caught.value.message.startswith(said)
    assert caught.value.exit_code == 2


def test_a_query_without_parameters_says_so() -> None:
    with pytest.raises(click.BadParameter) as caught:
        arguments(query_of(""), ["package_name=flask"])
    assert caught.value.message == "get_things takes no 'package_name'; it takes no parameters at all"


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        ("a: int", "7", 7),
        ("a: datetime | None = None", "2024-02-29", dt.datetime(2024, 2, 29)),
        ("a: list[int]", "7,8", [7, 8]),
        ("a", "7", "7"),
        ("a", "null", "null"),
        ("a=None", "7", "7"),
        ("a=None", "null", None),
        ("a=100", "7", 7),
        ("a=100", "null", None),
        ("a=False", "yes", True),
        ("a='x'", "y", "y"),
    ],
)
def test_the_annotation_or_the_default_of_a_query_that_is_in_no_stub_decides(
    parameter: str, text: str, value: Any
) -> None:
    assert arguments(query_of(parameter), [f"a={text}"]) == {"a": value}


@pytest.mark.parametrize(
    ("name", "parameter", "kind"),
    [
        ("get_index_url_from_id", "package_index_id", "a whole number"),
        ("get_depends_on", "package_name", "a text"),
        ("get_python_packages_all", "count", "a whole number or null"),
        ("sync.insert_entities", "package_names", "values with commas between them (each a text)"),
    ],
)
def test_the_stub_knows_the_types_that_the_header_leaves_to_the_server(name: str, parameter: str, kind: str) -> None:
    assert kinds_of(catalog[name])[parameter].name == kind


@pytest.mark.parametrize("query", catalog.values(), ids=list(catalog))
def test_each_parameter_of_each_query_has_a_kind(query: Query) -> None:
    assert list(kinds_of(query)) == list(query.header.signature.names)


def test_defaults_are_filled_in_and_values_normalised() -> None:
    parameters = bound(DEPENDS_ON, {"package_name": "Flask_SQLAlchemy", "extras": frozenset({"b", "a"})})
    assert parameters["package_name"] == "flask-sqlalchemy"
    assert parameters["extras"] == ["a", "b"]
    assert parameters["is_missing"] is None
    assert list(parameters) == list(DEPENDS_ON.header.signature.names)


def test_what_is_missing_is_named_with_its_kind() -> None:
    with pytest.raises(click.BadParameter) as caught:
        bound(query_of("a; b: int; c=1"), {})
    assert caught.value.message == "get_things needs -p a=… (a text), -p b=… (a whole number)"
    assert required(query_of("a; b: int; c=1")) == ["a", "b"]


def test_a_value_that_normalising_refuses_is_a_wrong_call() -> None:
    with pytest.raises(click.BadParameter, match="count: -1 is negative"):
        bound(catalog["get_python_packages_all"], {"count": -1})


def test_flags_count_when_true_and_others_when_not_null() -> None:
    query = query_of("a; b=None; c=False; d=False; e=None")
    assert chosen(query, {"a": "x", "b": None, "c": True, "d": False, "e": False}) == ["a", "c", "e"]
