"""All queries of a folder, by their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiosql.utils import SQLLoadException

from tests.sql.conftest import Connection, Load
from thoth_storages.exceptions import QueryError
from thoth_storages.sql import named
from thoth_storages.sql.catalog import QUERIES_FOLDER, Catalog
from thoth_storages.sql.describe import Describer


def text_of(name: str, alias: str | None = None) -> str:
    return f"-- name: {name}\n" + (f"-- alias: {alias}\n" if alias else "") + "-- returns: [a]\nSELECT 1 AS a;\n"


def test_queries_are_found_by_their_names_in_order(load: Load) -> None:
    catalog = load(b=text_of("get_c") + text_of("get_a"), a=text_of("get_b"))
    assert list(catalog) == ["get_a", "get_b", "get_c"]
    assert len(catalog) == 3
    assert catalog["get_b"].name == "get_b"
    assert "get_d" not in catalog
    with pytest.raises(KeyError, match="get_d"):
        catalog["get_d"]


def test_queries_of_a_folder_carry_its_name(load: Load, bare: Connection) -> None:
    catalog = load(a=text_of("get_a"), sync__a=text_of("get_a"), sync__b=text_of("get_b"), writing__c=text_of("get_c"))
    assert list(catalog) == ["get_a", "sync.get_a", "sync.get_b", "writing.get_c"]
    assert catalog["sync.get_a"].name == "get_a"
    assert catalog["sync.get_a"].qualified_name == "sync.get_a"
    assert catalog["sync.get_a"](bare) == [1]
    assert list(catalog["sync.get_a"].iterate(bare, {})) == [1]


def test_folders_are_namespaces(load: Load) -> None:
    catalog = load(a=text_of("get_a"), sync__b=text_of("get_b"), sync__c=text_of("get_c"), other__d=text_of("get_d"))
    assert catalog.namespaces == ["other", "sync"]
    assert [each.qualified_name for each in catalog.in_namespace("")] == ["get_a"]
    assert [each.qualified_name for each in catalog.in_namespace("sync")] == ["sync.get_b", "sync.get_c"]
    assert catalog.in_namespace("nothing") == []


def test_a_query_is_found_by_an_alias_in_its_own_folder_only(load: Load) -> None:
    catalog = load(a=text_of("get_a", "get_other, get_third"), sync__b=text_of("get_b", "put_b"))
    assert catalog.find("get_a") is catalog.find("get_other") is catalog.find("get_third") is catalog["get_a"]
    assert catalog.find("sync.put_b") is catalog.find("sync.get_b") is catalog["sync.get_b"]
    assert catalog.find("put_b") is None
    assert catalog.find("sync.get_other") is None
    assert catalog.find("") is None


def test_a_folder_without_queries_is_an_empty_catalog(load: Load, tmp_path: Path) -> None:
    assert len(load(a="")) == 0
    assert Catalog(tmp_path).namespaces == []


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SQLLoadException, match="does not exist"):
        Catalog(tmp_path / "nowhere")


def test_one_mistake_and_nothing_is_loaded(load: Load, tmp_path: Path) -> None:
    with pytest.raises(QueryError) as raised:
        load(a=text_of("get_a"), b="-- name: get_b\n-- retruns: [a]\nSELECT 1 AS a")
    assert str(raised.value) == f"{tmp_path}/b.sql:2:1: unknown key 'retruns'; did you mean 'returns'?"


def test_the_librarys_sql_is_ascii_as_connections_differ_in_their_encodings() -> None:
    for query in named.catalog.values():
        assert query.statement.text(query.statement.optional).isascii(), query


def test_a_kept_answer_holds_only_values_that_cannot_be_changed(connection: Connection) -> None:
    describer = Describer(connection)
    for query in named.catalog.values():
        if query.header.cache:
            kinds = {kind.removesuffix(" | None") for kind in describer.describe(query).columns.values()}
            assert kinds <= {"str", "int", "float", "bool", "datetime", "date", "Decimal", "bytes"}, query


def test_the_librarys_own_queries_are_the_default() -> None:
    catalog = Catalog()
    assert QUERIES_FOLDER.is_dir()
    assert "get_depends_on" in catalog
    assert "sync" in catalog.namespaces
