"""Queries as methods: signatures and docstrings that help() shows, arguments that arrive as they were given."""

from __future__ import annotations

import inspect
import pydoc
from pathlib import Path
from typing import Any

import pytest

from tests.sql.conftest import Connection, Load
from thoth_storages.sql.catalog import Catalog
from thoth_storages.sql.methods import plain_methods, pooled_methods, query_objects
from thoth_storages.sql.query import Query

TEXT = """\

-- name: get_pairs
-- Pairs that fit.
--
-- Read on.
-- params: package_name, n=1, *, distinct=False, kind: str | None = None
-- returns: [(package_name, n)]
-- alias: get_all_pairs
SELECT
  DISTINCT                                     --? distinct
  :package_name::text AS package_name, :n::int AS n
FROM generate_series(1, 2)
WHERE TRUE
  AND :kind::text <> 'none'                    --? kind
;
-- name: get_one$
-- returns: n
SELECT 1 AS n;
-- name: _get_page
-- params: start_offset=0, count=100
-- returns: [n]
SELECT n FROM generate_series(1, 200) AS n OFFSET :start_offset LIMIT :count;
"""


class Recorder:
    """Takes what the pooled methods hand on."""

    def _answer(self, query: Query, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return query.name, positional, named

    def _iterate(self, query: Query, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return "each", query.name, positional, named


@pytest.fixture
def catalog(load: Load) -> Catalog:
    return load(queries=TEXT, sync__some="-- name: get_one$\n-- params: n\n-- returns: n\nSELECT :n::int + 1 AS n")


@pytest.fixture
def queries(catalog: Catalog) -> Any:
    return query_objects(catalog, "Queries")


@pytest.fixture
def recorder(catalog: Catalog) -> Any:
    return type("Methods", (Recorder,), dict(pooled_methods(catalog.in_namespace(""))))()


class TestPooled:
    def test_the_query_and_its_arguments_are_handed_on(self, recorder: Any) -> None:
        assert recorder.get_pairs("a") == ("get_pairs", ("a", 1), {"distinct": False, "kind": None})
        assert recorder.get_pairs("a", 2, kind="k") == ("get_pairs", ("a", 2), {"distinct": False, "kind": "k"})
        assert recorder.get_pairs(n=3, package_name="a", distinct=True) == (
            "get_pairs",
            ("a", 3),
            {"distinct": True, "kind": None},
        )
        assert recorder.get_one() == ("get_one", (), {})

    def test_equal_calls_hand_on_equal_arguments_as_caches_need(self, recorder: Any) -> None:
        assert recorder.get_pairs("a") == recorder.get_pairs(package_name="a", n=1, kind=None)

    def test_an_alias_is_the_same_query_under_another_name(self, recorder: Any) -> None:
        assert recorder.get_all_pairs("a") == recorder.get_pairs("a")
        assert type(recorder).get_all_pairs.__name__ == "get_all_pairs"

    def test_methods_are_attributes_of_the_class_as_services_stub_them_there(
        self, recorder: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(type(recorder), "get_one", lambda self: "stubbed")
        assert recorder.get_one() == "stubbed"

    def test_the_signature_is_that_of_the_header(self, recorder: Any) -> None:
        signature = inspect.signature(type(recorder).get_pairs)
        assert str(signature) == "(self, package_name, n=1, *, distinct=False, kind: 'str | None' = None)"
        assert str(inspect.signature(recorder.get_one)) == "()"

    @pytest.mark.parametrize(
        ("args", "kwargs", "expected"),
        [
            (("a",), {"disitnct": True}, r"get_pairs\(\) got an unexpected keyword argument 'disitnct'"),
            ((), {}, r"get_pairs\(\) missing 1 required positional argument: 'package_name'"),
            (("a", 1, True), {}, r"get_pairs\(\) takes from 2 to 3 positional arguments but 4 were given"),
        ],
    )
    def test_a_wrong_call_is_a_type_error_that_names_the_method(
        self, recorder: Any, args: tuple[Any, ...], kwargs: dict[str, Any], expected: str
    ) -> None:
        with pytest.raises(TypeError, match=f"^{expected}$"):
            recorder.get_pairs(*args, **kwargs)


class TestPlain:
    def test_the_connection_comes_first(self, queries: Any, bare: Connection) -> None:
        assert queries.get_pairs(bare, "Flask_A", 2) == [("flask-a", 2)] * 2
        assert queries.get_pairs(connection=bare, package_name="a", distinct=True) == [("a", 1)]
        assert queries.get_all_pairs(bare, "a", kind="none") == []
        assert queries.get_one(bare) == 1

    def test_queries_of_a_folder_are_attributes_of_its_name(self, queries: Any, bare: Connection) -> None:
        assert queries.sync.get_one(bare, 1) == 2
        assert type(queries.sync).__name__ == "SyncQueries"

    def test_the_signature_has_the_connection(self, queries: Any) -> None:
        assert str(inspect.signature(queries.get_one)) == "(connection)"
        assert str(inspect.signature(queries.get_pairs)) == (
            "(connection, package_name, n=1, *, distinct=False, kind: 'str | None' = None)"
        )

    def test_a_forgotten_connection_is_one_sentence(self, queries: Any) -> None:
        with pytest.raises(TypeError, match=r"^get_pairs\(\): the first argument is a connection of psycopg, not 'a'$"):
            queries.get_pairs("a", "b")


class TestIterating:
    """The second method of a list, which yields its elements."""

    @pytest.mark.parametrize(("method", "name"), [("iterate_pairs", "get_pairs"), ("iterate_all_pairs", "get_pairs")])
    def test_the_query_and_its_arguments_are_handed_on(self, recorder: Any, method: str, name: str) -> None:
        iterate = getattr(recorder, method)
        assert iterate("a") == ("each", name, ("a", 1), {"distinct": False, "kind": None})
        assert iterate(n=3, package_name="a", distinct=True) == (
            "each",
            name,
            ("a", 3),
            {"distinct": True, "kind": None},
        )

    def test_it_goes_on_until_the_end_unless_told_otherwise(self, queries: Any, bare: Connection) -> None:
        assert len(queries._get_page(bare)) == 100
        assert list(queries._iterate_page(bare)) == list(range(1, 201))
        assert list(queries._iterate_page(bare, 7, 2)) == [8, 9]

    def test_the_signature_says_so(self, queries: Any, recorder: Any) -> None:
        assert str(inspect.signature(queries._iterate_page)) == "(connection, start_offset=0, count=None)"
        assert str(inspect.signature(recorder._iterate_page)) == "(start_offset=0, count=None)"
        assert inspect.signature(queries.iterate_pairs) == inspect.signature(queries.get_pairs)

    def test_the_elements_are_those_of_the_list(self, queries: Any, bare: Connection) -> None:
        assert list(queries.iterate_pairs(bare, "Flask_A", 2)) == queries.get_pairs(bare, "Flask_A", 2)
        assert list(queries.iterate_all_pairs(connection=bare, package_name="a", distinct=True)) == [("a", 1)]

    def test_arguments_are_checked_when_it_is_called(self, queries: Any, bare: Connection) -> None:
        with pytest.raises(ValueError, match=r"^_get_page\(\): count: -1 is negative"):
            queries._iterate_page(bare, count=-1)
        with pytest.raises(TypeError, match=r"^iterate_pairs\(\) missing 1 required positional argument"):
            queries.iterate_pairs(bare)
        with pytest.raises(TypeError, match=r"^get_pairs\(\): the first argument is a connection of psycopg, not 'a'$"):
            queries.iterate_pairs("a", "b")

    def test_what_is_no_list_has_none(self, queries: Any) -> None:
        assert not hasattr(queries, "iterate_one")


class TestHelp:
    def test_it_shows_signature_prose_shape_and_nothing_of_the_machine(self, queries: Any) -> None:
        shown = pydoc.plain(pydoc.render_doc(queries.get_pairs))
        assert "get_pairs(connection, package_name, n=1, *, distinct=False, kind: 'str | None' = None)" in shown
        assert "Pairs that fit.\n    \n    Read on.\n    \n    Answers ``[(package_name, n)]``." in shown

    def test_every_method_has_the_documentation_of_its_query(self, catalog: Catalog) -> None:
        for make in (pooled_methods, plain_methods):
            methods = make(catalog.in_namespace(""))
            assert sorted(methods) == [
                *("_get_page", "_iterate_page", "get_all_pairs", "get_one", "get_pairs"),
                *("iterate_all_pairs", "iterate_pairs"),
            ]
            assert (
                methods["get_all_pairs"].__doc__ == methods["get_pairs"].__doc__ == catalog["get_pairs"].documentation
            )
            assert methods["get_one"].__doc__ == catalog["get_one"].documentation
            iterating = catalog["get_pairs"].iterating_documentation
            assert methods["iterate_all_pairs"].__doc__ == methods["iterate_pairs"].__doc__ == iterating

    def test_the_source_of_a_method_is_the_query_in_its_file(self, queries: Any, tmp_path: Path) -> None:
        code = queries.get_pairs.__func__.__code__
        assert (code.co_filename, code.co_firstlineno) == (f"{tmp_path}/queries.sql", 2)


def test_a_traceback_goes_through_the_file(queries: Any, bare: Connection, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"get_pairs\(\): n='x'") as raised:
        queries.get_pairs(bare, "a", "x")
    lines = [entry.lineno + 1 for entry in raised.traceback if str(entry.path) == f"{tmp_path}/queries.sql"]
    assert set(lines) == {2}
