"""Pages of every paginated query: they concatenate to the whole, without a gap and without an overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query

RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
OTHER = "https://index.example.com/simple"

# What parameters without a default are given: of this version there are several pages, whatever is asked of it.
REQUIRED = {
    "package_name": "flask",
    "package_version": "1.0",
    "index_url": PYPI,
}

# A query that Python finishes, named with an underscore, has its pages tested with what is made of it.
PAGINATED = [
    query
    for query in catalog.values()
    if "start_offset" in query.header.signature.names and not query.name.startswith("_")
]


def _cases(query: Query) -> list[Any]:
    """A query with each choice of the flags that change which rows there are, or their order."""
    flags = [name for name in ("distinct", "sort") if name in query.header.signature.names]
    choices = [dict(zip(flags, values, strict=True)) for values in itertools.product((False, True), repeat=len(flags))]
    return [pytest.param(query, chosen, id="-".join([query.name, *filter(chosen.get, chosen)])) for chosen in choices]


@pytest.fixture
def graph_of_everything(rows: Rows) -> None:
    """Rows for every paginated query, in another order than answers come in, some of them equal in their answer."""
    indexes = [PYPI, OTHER]
    for number, (name, version, index_url) in enumerate(itertools.product("zfm", ["2.0", "1.0"], indexes)):
        package_name = {"z": "zict", "f": "flask", "m": "mako"}[name]
        rows.entity(package_name, f"{version}.dev1", index_url=index_url)
        for environment in ({}, RHEL):
            solved = rows.version(package_name, version, index_url=index_url, **environment)
            rows.solved(solved, f"solver-{number}", error=True, error_unsolvable=True)
            rows.depends_on(solved, "flask", "1.0")
        rows.rule(package_name, version_range=f"<{number}")
        rows.adviser_run(f"adviser-{-number}", origin=f"https://example.com/{number // 2}")
    for python_version in ("3.6", "3.11", "3.9"):
        rows.version("flask", "1.0", python_version=python_version)


def _arguments(query: Query) -> dict[str, Any]:
    signature = query.header.signature
    required = {each.name: REQUIRED[each.name] for each in signature.parameters if each.default is None}
    return required | ({"randomize": False} if "randomize" in signature.names else {})


def _leaves(answer: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows that an answer was made of, in order, each with the keys that lead to it."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(answer, list):
        yield from ((*path, tuple(item.items()) if isinstance(item, dict) else item) for item in answer)
    elif answer is not None:
        yield (*path, answer)


def _walk(connection: psycopg.Connection, query: Query, arguments: dict[str, Any], size: int) -> list[tuple[Any, ...]]:
    """The rows of all pages of a size, one page after the other."""
    rows: list[tuple[Any, ...]] = []
    for start_offset in range(0, 1000, size):
        page = list(_leaves(query(connection, **arguments, start_offset=start_offset, count=size)))
        if not page:
            return rows
        rows += page
    raise AssertionError(f"{query.name} has no last page")


def _write_again(connection: psycopg.Connection) -> None:
    """Write some rows anew with the same values, which puts them at the end of their tables."""
    for table, column in (
        ("python_package_version", "id"),
        ("python_package_version_entity", "id"),
        ("python_package_version_entity_rule", "id"),
        ("solved", "version_id"),
        ("depends_on", "version_id"),
        ("adviser_run", "id"),
    ):
        connection.execute(f"UPDATE {table} SET {column} = {column} WHERE {column} <= 5")


@pytest.mark.usefixtures("graph_of_everything")
class TestPages:
    """Every query with ``start_offset`` and ``count``."""

    @pytest.mark.parametrize(("query", "flags"), [case for query in PAGINATED for case in _cases(query)])
    def test_pages_of_any_size_concatenate_to_the_whole(
        self, connection: psycopg.Connection, query: Query, flags: dict[str, bool]
    ) -> None:
        arguments = {**_arguments(query), **flags}
        whole = list(_leaves(query(connection, **arguments, count=None)))
        assert len(whole) > 1
        for size in (1, 3, 7):
            assert _walk(connection, query, arguments, size) == whole

    @pytest.mark.parametrize("query", PAGINATED, ids=lambda query: query.name)
    def test_an_update_does_not_move_rows_between_pages(self, connection: psycopg.Connection, query: Query) -> None:
        arguments = _arguments(query)
        before = _walk(connection, query, arguments, 3)
        _write_again(connection)
        assert _walk(connection, query, arguments, 3) == before


@pytest.mark.parametrize("query", PAGINATED, ids=lambda query: query.name)
@pytest.mark.parametrize("page", [{"start_offset": -1}, {"count": -1}], ids=str)
def test_a_negative_page_is_refused_before_anything_is_asked(query: Query, page: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="-1"):
        query.parameters(**_arguments(query), **page)


def test_a_page_without_a_size_is_the_rest(connection: psycopg.Connection, rows: Rows) -> None:
    for number in range(150):
        rows.version("flask", f"{number}.0")
    assert len(queries.get_python_package_versions_all(connection, start_offset=10, count=None)) == 140
