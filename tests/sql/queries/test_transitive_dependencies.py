"""What packages depend on through others."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER_INDEX = "https://index.example.com/simple"
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
NO_ENVIRONMENT: dict[str, Any] = dict.fromkeys(FEDORA)

Connection = psycopg.Connection[Any]
Package = tuple[str, str, str | None]
Pair = tuple[Package, Package]


def pypi(name: str, version: str = "1.0") -> Package:
    return name, version, PYPI


def transitive(connection: Connection, name: str, index_url: str | None = PYPI, **filters: Any) -> list[Pair]:
    return queries.retrieve_transitive_dependencies_python(connection, name, "1.0", index_url, **filters)


def walked(
    connection: Connection, root: Package, *, extras: Any, marker: bool | None, **environment: Any
) -> list[Pair]:
    """Find the pairs by two other queries, a package at a time: slow, and easy to believe."""
    pairs: list[Pair] = []
    waiting, seen = [(root, extras)], {root}
    while waiting:
        (package, wanted) = waiting.pop()
        for record in queries.get_python_package_version_records(connection, *package, **environment):
            where: dict[str, Any] = {name: dict(record)[name] for name in FEDORA}
            dependencies = queries.get_depends_on(
                connection, *package[:2], record["index_url"], extras=wanted, marker_evaluation_result=marker, **where
            )
            for name, version in itertools.chain(*dependencies.values()):
                assert version is not None
                dependency = (name, version)
                found = queries.get_python_package_version_records(connection, *dependency, None, **where)
                targets: list[Package] = [(*dependency, each["index_url"]) for each in found] or [(*dependency, None)]
                pairs += [(package, target) for target in targets]
                new = [target for target in dict.fromkeys(targets) if target[2] and target not in seen]
                seen.update(new)
                waiting += [(target, None) for target in new]
    return pairs


def test_dependencies_of_dependencies_are_found(connection: Connection, rows: Rows) -> None:
    names = ["a", "b", "c", "d"]
    for name, dependency in itertools.pairwise(names):
        rows.version(dependency)
        rows.depends_on(rows.version(name), dependency)
    assert transitive(connection, "a", **FEDORA) == [(pypi(x), pypi(y)) for x, y in itertools.pairwise(names)]


def test_a_dependency_that_no_solver_has_seen_has_no_index(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "b", "2.0")
    assert transitive(connection, "a", **FEDORA) == [(pypi("a"), ("b", "2.0", None))]


def test_a_dependency_without_a_version_has_no_index(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "b", None)
    unresolved: Any = ("b", None, None)
    assert transitive(connection, "a", **FEDORA) == [(pypi("a"), unresolved)]


def test_a_dependency_is_looked_up_on_every_index(connection: Connection, rows: Rows) -> None:
    rows.version("b", index_url=OTHER_INDEX)
    rows.depends_on(rows.version("b"), "c")
    rows.depends_on(rows.version("a"), "b")
    assert transitive(connection, "a", **FEDORA) == [
        (pypi("a"), ("b", "1.0", OTHER_INDEX)),
        (pypi("a"), pypi("b")),
        (pypi("b"), ("c", "1.0", None)),
    ]


def test_a_dependency_is_looked_up_in_the_environment_of_the_package(connection: Connection, rows: Rows) -> None:
    rows.version("b", **RHEL)
    rows.depends_on(rows.version("a", **FEDORA), "b")
    assert transitive(connection, "a") == [(pypi("a"), ("b", "1.0", None))]


def test_a_dependency_is_expanded_in_every_environment_that_is_asked_for(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a", **FEDORA), "b")
    rows.version("b", **FEDORA)
    rows.depends_on(rows.version("b", **RHEL), "c")
    assert transitive(connection, "a") == [(pypi("a"), pypi("b")), (pypi("b"), ("c", "1.0", None))]
    assert transitive(connection, "a", **FEDORA) == [(pypi("a"), pypi("b"))]


def test_a_pair_stands_once_an_environment_and_extra_that_leads_to_it(connection: Connection, rows: Rows) -> None:
    for environment in (FEDORA, RHEL):
        package = rows.version("a", **environment)
        rows.version("b", **environment)
        rows.depends_on(package, "b")
        rows.depends_on(package, "b", extra="test", version_range=">=1")
        rows.depends_on(package, "b", extra="test", version_range="<2")
    assert transitive(connection, "a") == [(pypi("a"), pypi("b"))] * 4
    assert transitive(connection, "a", **FEDORA) == [(pypi("a"), pypi("b"))] * 2


def test_a_package_with_several_ways_to_it_is_expanded_once(connection: Connection, rows: Rows) -> None:
    for dependency in ("b", "c"):
        rows.depends_on(rows.version("a"), dependency)
        rows.depends_on(rows.version(dependency), "d")
    rows.depends_on(rows.version("d"), "e")
    assert transitive(connection, "a", **FEDORA).count((pypi("d"), ("e", "1.0", None))) == 1


def test_a_circle_ends(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "b")
    rows.depends_on(rows.version("b"), "a")
    assert transitive(connection, "a", **FEDORA) == [(pypi("a"), pypi("b")), (pypi("b"), pypi("a"))]


def test_extras_choose_among_the_direct_dependencies_only(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "b")
    rows.depends_on(rows.version("a"), "left-out", extra="test")
    rows.depends_on(rows.version("b"), "c", extra="test")
    answer = transitive(connection, "a", extras=frozenset([None]), **FEDORA)
    assert answer == [(pypi("a"), pypi("b")), (pypi("b"), ("c", "1.0", None))]


@pytest.mark.parametrize("extras", [None, frozenset()])
def test_no_extras_mean_all_of_them(connection: Connection, rows: Rows, extras: frozenset[str] | None) -> None:
    rows.depends_on(rows.version("a"), "b")
    rows.depends_on(rows.version("a"), "c", extra="test")
    answer = transitive(connection, "a", extras=extras, **FEDORA)
    assert [dependency[0] for _, dependency in answer] == ["b", "c"]


def test_a_circle_brings_no_extras_that_were_not_chosen(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "b")
    rows.depends_on(rows.version("a"), "left-out", extra="test")
    rows.depends_on(rows.version("b"), "a")
    answer = transitive(connection, "a", extras=frozenset([None]), **FEDORA)
    assert answer == [(pypi("a"), pypi("b")), (pypi("b"), pypi("a"))]


@pytest.mark.parametrize(("result", "names"), [(True, ["b", "c"]), (False, []), (None, ["b", "c", "win"])])
def test_the_result_of_the_marker_chooses_at_every_step(
    connection: Connection, rows: Rows, result: bool | None, names: list[str]
) -> None:
    rows.depends_on(rows.version("a"), "b")
    rows.depends_on(rows.version("b"), "c")
    rows.depends_on(rows.version("b"), "win", marker='sys_platform == "win32"', marker_evaluation_result=False)
    answer = transitive(connection, "a", marker_evaluation_result=result, **FEDORA)
    assert [dependency[0] for _, dependency in answer] == names


def test_without_an_index_the_package_is_taken_from_all(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "b")
    rows.depends_on(rows.version("a", index_url=OTHER_INDEX), "c")
    rows.depends_on(rows.version("a", index_url=None), "left-out")
    answer = transitive(connection, "a", None, **FEDORA)
    assert answer == [(("a", "1.0", None), ("b", "1.0", None)), (("a", "1.0", None), ("c", "1.0", None))]


def test_without_an_index_a_circle_expands_the_package_of_each_index(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("a"), "a")
    assert transitive(connection, "a", None, **FEDORA) == [(pypi("a"), pypi("a")), (("a", "1.0", None), pypi("a"))]


@pytest.mark.parametrize("index_url", [PYPI, "https://unknown.example.com", None])
def test_an_unknown_package_has_no_dependencies(connection: Connection, index_url: str | None) -> None:
    assert transitive(connection, "unheard-of", index_url, **FEDORA) == []


def test_arguments_are_normalised(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("zope-interface", "1.0", **RHEL), "six")
    answer = transitive(connection, "Zope.Interface", "https://pypi.python.org/simple", os_name="ubi", os_version="8.5")
    assert answer == [(pypi("zope-interface"), ("six", "1.0", None))]


@pytest.mark.parametrize(
    ("environment", "marker", "extras"),
    [
        *itertools.product([FEDORA], [True, None], [None, frozenset([None])]),
        ({**FEDORA, "os_version": None}, True, None),
        (NO_ENVIRONMENT, None, frozenset([None])),  # the walk takes seconds
    ],
)
def test_the_answer_is_that_of_a_walk_from_package_to_package(
    original_database: str,
    environment: dict[str, Any],
    marker: bool | None,
    extras: frozenset[str | None] | None,
) -> None:
    with psycopg.connect(original_database, autocommit=True) as connection:
        roots: list[Package] = [("python-dateutil", "1.4.1", PYPI), ("six", "3.3.1", None)]
        for root in roots:
            answer = queries.retrieve_transitive_dependencies_python(
                connection, *root, extras=extras, marker_evaluation_result=marker, **environment
            )
            expected = walked(connection, root, extras=extras, marker=marker, **environment)
            assert Counter(answer) == Counter(expected)
