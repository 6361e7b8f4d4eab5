"""Which query a statement is that the server counted."""

from __future__ import annotations

import re

import pytest

from thoth_storages.report.parts.naming import name_of
from thoth_storages.sql.named import catalog
from thoth_storages.sql.statement import numbered

# They differ by a constant only, which the server doesn't keep.
TWINS = {"_get_pg_stat_statements_schema": "_get_amcheck_schema"}


def counted(name: str, given: list[str], *, forget_name: bool) -> str:
    """How pg_stat_statements keeps a query: with $1, $2 … for its constants; from PostgreSQL 18 on without its name."""
    text, _ = numbered(catalog[name].statement.text(given))
    text = re.sub(r"'(?:[^']|'')*'|(?<![$\w])-?\d+(?:\.\d+)?|\bTRUE\b(?!\))", "$9", text)
    return text.partition("\n")[2] if forget_name else text


@pytest.mark.parametrize("forget_name", [False, True])
@pytest.mark.parametrize("with_optional_lines", [False, True])
def test_every_query_is_known_by_its_name_or_its_lines(forget_name: bool, with_optional_lines: bool) -> None:
    wrong = {}
    for name, query in catalog.items():
        given = list(query.statement.optional) if with_optional_lines else []
        found = name_of(counted(name, given, forget_name=forget_name))
        if found not in (query.name, TWINS.get(query.name)):
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $1",
        "/* A remark. */ SELECT $1",
        "BEGIN",
        "",
        "<insufficient privilege>",
        "SELECT pg_database_size(current_database()) AS size, $1",
    ],
)
def test_other_statements_have_no_name(text: str) -> None:
    assert name_of(text) == ""
