"""Arguments become parameters: normalised by the names that bring them, or refused with the name in the message."""

from __future__ import annotations

import datetime as dt
import inspect
import linecache
import traceback
from pathlib import Path
from typing import Any

import pytest

from thoth_storages.sql.binding import binder, define, refused_parameter
from thoth_storages.sql.lexer import Place
from thoth_storages.sql.signature import Signature, parse_signature


def signature(text: str) -> Signature:
    return parse_signature(text, Place("some.sql", 1))


def bound(text: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    return binder("get_a", signature(text))(*args, **kwargs)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("package_name", "Flask_SQLAlchemy", "flask-sqlalchemy"),
        ("python_package_name", "Zope.Interface", "zope-interface"),
        ("base_package_name", "A__b", "a-b"),
        ("dependency_name", "A__b", "a-b"),
        ("rpm_package_name", "Flask_SQLAlchemy", "Flask_SQLAlchemy"),
        ("deb_package_name", "Flask_SQLAlchemy", "Flask_SQLAlchemy"),
        ("import_package_name", "Flask_SQLAlchemy", "flask-sqlalchemy"),
        ("package_names", ["A__b"], ["A__b"]),
        ("package_name_like", "A__b%", "A__b%"),
        ("package_version", "1.0-RC1", "1.0rc1"),
        ("dependency_version", "1.0.0-1", "1.0.0.post1"),
        ("package_version", "not a version", "not a version"),
        ("rpm_package_version", "1.0-RC1", "1.0-RC1"),
        ("python_version", "3.8-RC1", "3.8-RC1"),
        ("index_url", "https://pypi.python.org/simple", "https://pypi.org/simple"),
        ("url", "https://pypi.python.org/simple", "https://pypi.org/simple"),
        ("warehouse_url", "https://pypi.python.org/simple", "https://pypi.python.org/simple"),
        ("os_name", "ubi", "rhel"),
        ("os_version", "8.4", "8.4"),
        ("extras", frozenset(("b", None, "a")), [None, "a", "b"]),
        ("extras", frozenset(), None),
        ("start_offset", 0, 0),
        ("count", 7, 7),
        ("name", "Flask_SQLAlchemy", "Flask_SQLAlchemy"),
        (
            "final_datetime",
            dt.datetime(2022, 1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=2))),
            dt.datetime(2022, 1, 1),
        ),
    ],
)
def test_a_value_is_normalised_by_the_name_of_its_parameter(name: str, value: Any, expected: Any) -> None:
    assert bound(name, value) == {name: expected}
    assert bound(f"*, {name}", **{name: value}) == {name: expected}


@pytest.mark.parametrize(
    "name",
    [
        "package_name",
        "package_version",
        "index_url",
        "url",
        "os_name",
        "os_version",
        "extras",
        "count",
        "dependency_name",
    ],
)
def test_none_passes_through(name: str) -> None:
    assert bound(f"{name}=None") == {name: None}


@pytest.mark.parametrize(
    ("os_name", "os_version", "expected"),
    [
        ("rhel", "8.4", {"os_name": "rhel", "os_version": "8"}),
        ("ubi", "8.4", {"os_name": "rhel", "os_version": "8"}),
        ("fedora", "35.1", {"os_name": "fedora", "os_version": "35.1"}),
        (None, "8.4", {"os_name": None, "os_version": "8.4"}),
        ("rhel", None, {"os_name": "rhel", "os_version": None}),
    ],
)
@pytest.mark.parametrize("text", ["os_name, os_version", "os_version, os_name"])
def test_the_version_of_an_operating_system_depends_on_its_name(
    text: str, os_name: str | None, os_version: str | None, expected: dict[str, str | None]
) -> None:
    assert bound(text, os_name=os_name, os_version=os_version) == expected


def test_defaults_are_filled_in_and_the_order_is_that_of_the_signature() -> None:
    parameters = bound("package_name, *, distinct=False, start_offset=0, count=100, name='A_b'", "A_b")
    assert list(parameters.items()) == [
        ("package_name", "a-b"),
        ("distinct", False),
        ("start_offset", 0),
        ("count", 100),
        ("name", "A_b"),
    ]


@pytest.mark.parametrize(
    ("text", "arguments", "refused"),
    [
        ("package_name, package_version=None", {"package_name": 1, "package_version": "1.0"}, "package_name"),
        ("package_name, package_version=None", {"package_name": "a", "package_version": 1.0}, "package_version"),
        ("package_name, dependency_name", {"package_name": "a", "dependency_name": b"a"}, "dependency_name"),
        ("index_url", {"index_url": 5}, "index_url"),
        ("index_url", {"index_url": ["https://pypi.org/simple"]}, "index_url"),
        ("os_name, os_version", {"os_name": "rhel", "os_version": 8}, "os_version"),
        ("os_name, os_version", {"os_name": 8, "os_version": "8"}, "os_name"),
        ("os_version", {"os_version": 8.4}, "os_version"),
        ("extras", {"extras": "gpu"}, "extras"),
        ("extras", {"extras": {1}}, "extras"),
        ("extras", {"extras": 5}, "extras"),
        ("count", {"count": "5"}, "count"),
        ("count", {"count": True}, "count"),
        ("count", {"count": -1}, "count"),
        ("start_offset", {"start_offset": -1}, "start_offset"),
        ("start_offset", {"start_offset": 1.5}, "start_offset"),
        ("a, distinct=False", {"a": object(), "distinct": "false"}, "distinct"),
        ("a, distinct=False", {"a": object(), "distinct": 1}, "distinct"),
        ("a, distinct=False", {"a": object(), "distinct": None}, "distinct"),
        ("a, package_name=None", {"a": object(), "package_name": None}, None),
    ],
)
def test_an_argument_that_is_refused_is_found(text: str, arguments: dict[str, Any], refused: str | None) -> None:
    read = signature(text)
    assert refused_parameter(read, arguments) == refused
    if refused:
        with pytest.raises((TypeError, ValueError)):
            binder("get_a", read)(**arguments)


def test_annotations_are_never_evaluated() -> None:
    assert bound("a: NoSuchType[what.ever] | None = None") == {"a": None}


def test_the_function_has_the_name_of_the_query_for_pythons_own_sentences() -> None:
    with pytest.raises(TypeError, match=r"^get_a\(\) got an unexpected keyword argument 'b'$"):
        bound("a", b=1)
    with pytest.raises(TypeError, match=r"^get_a\(\) missing 1 required positional argument: 'a'$"):
        bound("a")
    with pytest.raises(TypeError, match=r"^get_a\(\) takes 1 positional argument but 2 were given$"):
        bound("a", 1, 2)


def test_a_defined_function_stands_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "some.sql"
    path.write_text("-- first\n-- second\n-- name: get_a\nSELECT 1")
    function = define("def get_a(x): return helper(x)", "get_a", {"helper": lambda x: 1 / x}, Place(str(path), 3))
    assert function(2) == 0.5
    assert function.__code__.co_filename == str(path)
    assert function.__code__.co_firstlineno == 3
    with pytest.raises(ZeroDivisionError) as raised:
        function(0)
    linecache.checkcache()
    frames = traceback.extract_tb(raised.value.__traceback__)
    assert (str(path), 3, "-- name: get_a") in [(frame.filename, frame.lineno, frame.line) for frame in frames]


def test_a_defined_function_keeps_annotations_as_text() -> None:
    function = define("def f(a: NoSuchType = None) -> Other: return a", "f", {}, Place("some.sql", 1))
    assert inspect.signature(function).parameters["a"].annotation == "NoSuchType"
