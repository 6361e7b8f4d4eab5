"""The stub: what a type checker is told of each query."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from tests.sql.conftest import Connection, Load
from thoth_storages.sql.stubs import render_stub

SCHEMA = """\
CREATE TYPE kind AS ENUM ('solver', 'adviser');
CREATE TABLE t (id bigint PRIMARY KEY, name text NOT NULL, note text, kind kind NOT NULL, moment timestamp);
"""


@pytest.fixture
def tables(bare: Connection) -> Connection:
    bare.execute(SCHEMA)
    return bare


def method(load: Load, connection: Connection, text: str, class_name: str = "NamedQueries") -> str:
    """The first method of a class in the stub."""
    tree = ast.parse(render_stub(load(text), connection))
    (found,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == class_name]
    first = next(node for node in found.body if isinstance(node, ast.FunctionDef))
    return ast.unparse(first).partition("\n")[0]


def answer_type(
    load: Load, connection: Connection, shape: str, sql: str, operator: str = "", raises: bool = False
) -> str:
    header = f"-- name: get_a{operator}\n-- returns: {shape}\n" + ("-- raises: NotFoundError\n" if raises else "")
    return method(load, connection, header + sql).partition(" -> ")[2].removesuffix(":")


@pytest.mark.parametrize(
    ("params", "sql", "expected"),
    [
        ("", "1 = 1", "self"),
        ("name", "name = :name", "self, name: str"),
        ("name=None", "name = :name", "self, name: str | None=None"),
        ("name", "TRUE\n AND name = :name --? name", "self, name: str | None"),
        ("*, distinct=False", "TRUE\n AND id = 1 --? distinct", "self, *, distinct: bool=False"),
        (
            "has_note: bool | None = None",
            "TRUE\n AND (note IS NULL) = :has_note --? has_note",
            "self, has_note: bool | None=None",
        ),
        ("has_note=None", "TRUE\n AND note IS NULL --? has_note", "self, has_note: bool | None=None"),
        ("kind", "kind = :kind", "self, kind: str"),
        ("kind: SourceTypeEnum", "kind = :kind", "self, kind: SourceTypeEnum"),
        ("ids", "id = ANY(:ids)", "self, ids: list[int]"),
        (
            "extras: frozenset[str | None] | None = None",
            "name = ANY(:extras)",
            "self, extras: frozenset[str | None] | None=None",
        ),
        (
            "start_offset=0, count=100",
            "TRUE OFFSET :start_offset LIMIT :count",
            "self, start_offset: int=0, count: int | None=100",
        ),
        ("after=None", "moment > :after", "self, after: datetime | None=None"),
    ],
)
def test_parameters_have_the_servers_types_unless_the_header_says_more(
    load: Load, tables: Connection, params: str, sql: str, expected: str
) -> None:
    text = f"-- name: get_a\n-- params: {params}\n-- returns: [id]\nSELECT id FROM t WHERE {sql}"
    assert method(load, tables, text) == f"def get_a({expected}) -> list[int]:"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("[id]", "list[int]"),
        ("[note]", "list[str]"),
        ("[(id, note)]", "list[tuple[int, str | None]]"),
        ("[((id, name), note)]", "list[tuple[tuple[int, str], str | None]]"),
        ("[{id, note}]", "list[GetARecord]"),
        ("{id: note}", "dict[int, str | None]"),
        ("{note: [name]}", "dict[str | None, list[str]]"),
        ("{note: [note]}", "dict[str | None, list[str]]"),
        ("{(id, note): name}", "dict[tuple[int, str | None], str]"),
        ("{id: {name: [(note,)]}}", "dict[int, dict[str, list[tuple[str | None]]]]"),
        ("{id: [{name}]}", "dict[int, list[GetARecord]]"),
        ("{id: {name, kind}}", "dict[int, GetARecord]"),
        ("[moment]", "list[datetime]"),
        ("[kind]", "list[str]"),
    ],
)
def test_an_answer_of_rows_has_the_type_of_its_shape(load: Load, tables: Connection, shape: str, expected: str) -> None:
    found = answer_type(load, tables, shape, "SELECT id, name, note, coalesce(kind::text, '') AS kind, moment FROM t")
    assert found == expected


@pytest.mark.parametrize(
    ("shape", "operator", "sql", "raises", "expected"),
    [
        ("id", "$", "SELECT id FROM t", False, "int | None"),
        ("id", "$", "SELECT id FROM t", True, "int"),
        ("note", "$", "SELECT note FROM t", True, "str | None"),
        ("note", "$", "SELECT note FROM t", False, "str | None"),
        ("n", "$", "SELECT count(*) AS n FROM t", False, "int"),
        ("n", "$", "SELECT max(id) AS n FROM t", False, "int | None"),
        ("n", "$", "SELECT EXISTS (SELECT FROM t) AS n", False, "bool"),
        ("{id, note}", "^", "SELECT id, note FROM t", False, "GetARecord | None"),
        ("{id, note}", "^", "SELECT id, note FROM t", True, "GetARecord"),
        ("(id, note)", "^", "SELECT id, note FROM t", False, "tuple[int, str | None] | None"),
        ("(id, note)", "^", "SELECT id, note FROM t", True, "tuple[int, str | None]"),
        ("(n, m)", "^", "SELECT count(*) AS n, max(id) AS m FROM t", False, "tuple[int, int | None]"),
        ("(id,)", "^", "INSERT INTO t VALUES (1, 'a', NULL, 'solver') RETURNING id", False, "tuple[int] | None"),
    ],
)
def test_a_single_answer_may_be_none_unless_a_row_always_comes_or_an_error_is_raised(
    load: Load, tables: Connection, shape: str, operator: str, sql: str, raises: bool, expected: str
) -> None:
    found = answer_type(load, tables, shape, sql, operator, raises)
    assert found == expected


def test_a_write_answers_a_number(load: Load, tables: Connection) -> None:
    assert method(load, tables, "-- name: delete_a!\n-- params: id\nDELETE FROM t WHERE id = :id") == (
        "def delete_a(self, id: int) -> int:"
    )


def test_a_record_is_a_typed_dict(load: Load, tables: Connection) -> None:
    text = "-- name: get_all_of_a\n-- returns: [{id, note}]\nSELECT id, note FROM t"
    assert "class GetAllOfARecord(TypedDict):\n    id: int\n    note: str | None\n" in render_stub(load(text), tables)


def test_a_record_whose_keys_python_cannot_spell_is_written_as_a_call(load: Load, tables: Connection) -> None:
    text = '-- name: get_a\n-- returns: [{"import", "a b"}]\nSELECT name AS import, note AS "a b" FROM t'
    stub = render_stub(load(text), tables)
    assert "GetARecord = TypedDict('GetARecord', {'import': str, 'a b': str | None})\n" in stub


def test_each_query_is_a_method_with_and_without_a_connection_also_by_its_alias(load: Load, tables: Connection) -> None:
    text = "-- name: get_a\n-- alias: get_b\n-- returns: [id]\nSELECT id FROM t"
    stub = render_stub(load(text), tables)
    for name in ("get_a", "get_b"):
        assert f"    def {name}(self) -> list[int]:\n" in stub
        assert f"    def {name}(self, connection: Connection[Any]) -> list[int]:\n" in stub


@pytest.mark.parametrize(
    ("shape", "element"),
    [
        ("[id]", "int"),
        ("[note]", "str"),
        ("[(id, note)]", "tuple[int, str | None]"),
        ("[{id, note}]", "GetARecord"),
        ("[ids]", "list[int]"),
    ],
)
def test_the_iterating_form_of_a_list_yields_its_elements(
    load: Load, tables: Connection, shape: str, element: str
) -> None:
    text = f"-- name: get_a\n-- alias: get_b\n-- params: count=100\n-- returns: {shape}\n"
    stub = render_stub(load(f"{text}SELECT id, note, ARRAY[id] AS ids FROM t LIMIT :count"), tables)
    for name in ("iterate_a", "iterate_b"):
        for receiver in ("self", "self, connection: Connection[Any]"):
            arguments = f"{receiver}, count: int | None = None"
            assert f"    def {name}({arguments}) -> Generator[{element}, None, None]:\n" in stub


def test_what_is_no_list_has_no_iterating_form(load: Load, tables: Connection) -> None:
    text = "-- name: get_a\n-- returns: {id: [note]}\nSELECT id, note FROM t;\n-- name: add_a\n-- returns: [id]\n"
    stub = render_stub(load(f"{text}INSERT INTO t VALUES (1, 'a', NULL, 'solver') RETURNING id"), tables)
    assert "iterate" not in stub


def test_queries_of_a_folder_are_a_class_of_their_own(load: Load, tables: Connection) -> None:
    queries = "-- name: get_{0}\n-- returns: [id]\nSELECT id FROM t"
    tree = ast.parse(render_stub(load(a=queries.format("a"), sync__b=queries.format("b")), tables))
    classes = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.ClassDef)}
    assert list(classes) == ["NamedQueries", "SyncQueries", "Queries"]
    assert "get_b(self, connection: Connection[Any])" in classes["SyncQueries"]
    assert "sync: SyncQueries" in classes["Queries"]
    assert "get_b" not in classes["Queries"] + classes["NamedQueries"]


def test_no_queries_are_a_stub_that_python_reads(load: Load, bare: Connection) -> None:
    names = {node.name for node in ast.parse(render_stub(load(""), bare)).body if isinstance(node, ast.ClassDef)}
    assert names == {"NamedQueries", "Queries"}


def test_the_same_queries_are_the_same_stub(load: Load, tables: Connection) -> None:
    text: Any = "-- name: get_a\n-- returns: [{id, note}]\nSELECT id, note FROM t"
    assert render_stub(load(text), tables) == render_stub(load(text), tables)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("kind::text", "list[Kind]"),
        ("t.kind::text", "list[Kind]"),
        ("t.kind::text AS kind", "list[Kind]"),
        ("coalesce(kind::text, '') AS kind", "list[str]"),
        ("name AS kind", "list[str]"),
    ],
)
def test_an_enum_that_is_cast_to_text_is_one_of_its_values(
    load: Load, tables: Connection, column: str, expected: str
) -> None:
    assert answer_type(load, tables, "[kind]", f"SELECT\n  {column}\nFROM t") == expected


def test_the_values_of_an_enum_stand_there_when_they_are_used(load: Load, tables: Connection) -> None:
    text = "-- name: get_a\n-- returns: [{kind}]\nSELECT\n  t.kind::text\nFROM t"
    stub = render_stub(load(text), tables)
    assert "Kind = Literal['solver', 'adviser']\n" in stub
    assert "class GetARecord(TypedDict):\n    kind: Kind | None\n" in stub
    assert "Kind" not in render_stub(load(text.replace("t.kind::text", "t.name AS kind")), tables)


def test_a_method_has_the_docstring_that_it_has_at_run_time(load: Load, tables: Connection) -> None:
    header = ["-- name: get_a", "-- All of them.", "--", r"-- Even \d.", "-- params: count=100", "-- returns: [id]"]
    catalog = load("\n".join([*header, "-- raises: NotFoundError", "SELECT id FROM t LIMIT :count"]))
    tree = ast.parse(render_stub(catalog, tables))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for name in ("NamedQueries", "Queries"):
        methods = [node for node in classes[name].body if isinstance(node, ast.FunctionDef)]
        documented = {method.name: ast.get_docstring(method) for method in methods}
        assert documented["get_a"] == catalog["get_a"].documentation
        assert documented["iterate_a"] == catalog["get_a"].iterating_documentation
