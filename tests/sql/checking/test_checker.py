"""A run of the rules: which are asked about what, and in which order findings come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from thoth_storages.sql.checking.checker import check
from thoth_storages.sql.checking.finding import Finding
from thoth_storages.sql.checking.rule import Rule
from thoth_storages.sql.checking.session import Connection, Session
from thoth_storages.sql.checking.subject import Checked, Subject

TEXT = """\
-- name: get_a_all
-- returns: [a]
SELECT 1 AS a;

-- name: get_refused_all
-- returns: [a]
SELECT none.a AS a;

-- name: get_unread_all
-- retruns: [a]
SELECT 1 AS a;
"""


def of_all(checked: Checked) -> Iterator[Finding]:
    for file in checked.files:
        yield file.finding("z", file.queries[0].source.place._replace(line=3), "all", why="why", remedy="how")


def of_each(query: Subject) -> Iterator[Finding]:
    yield query.finding("b", "each", why="why", remedy="how")


def of_prepared(query: Subject) -> Iterator[Finding]:
    yield query.finding("a", "prepared", why="why", remedy="how")
    yield query.finding("a", "prepared", why="why", remedy="how")


def rule(name: str, **functions: object) -> Rule:
    parts = dict.fromkeys(("check_all", "check_query", "check_prepared", "renew")) | functions
    return Rule(name, "A rule.", **parts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a query, one that the server refuses, and one that can't be read."""
    path = tmp_path / "some.sql"
    path.write_text(TEXT)
    return path


def test_each_rule_is_asked_about_what_it_looks_at_and_findings_come_by_place(path: Path, shop: Connection) -> None:
    rules = [rule("z", check_all=of_all), rule("b", check_query=of_each), rule("a", check_prepared=of_prepared)]
    result = check([path], Session(lambda: shop), rules=rules)
    assert [(each.place.line, each.rule, each.what) for each in result.findings] == [
        (1, "a", "prepared"),
        (1, "b", "each"),
        (3, "z", "all"),
        (5, "b", "each"),
    ]
    assert (result.files, result.queries, result.renewed) == (1, 2, [])


def test_without_a_rule_that_asks_it_no_server_is_needed(path: Path) -> None:
    def refuse() -> Connection:
        raise AssertionError("no rule asked")

    result = check([path], Session(refuse), rules=[rule("z", check_all=of_all), rule("b", check_query=of_each)])
    assert len(result.findings) == 3


def test_what_is_generated_is_written_only_when_it_is_wanted_and_before_the_rules(
    path: Path, tmp_path: Path, shop: Connection
) -> None:
    written = tmp_path / "written"

    def renew(checked: Checked) -> Iterator[Path]:
        written.write_text("new")
        yield written

    def is_written(query: Subject) -> Iterator[Finding]:
        yield query.finding("a", "there" if written.exists() else "not there", why="why", remedy="how")

    rules = [rule("a", check_query=is_written), rule("b", renew=renew)]
    session = Session(lambda: shop)
    assert {each.what for each in check([path], session, rules=rules).findings} == {"not there"}
    result = check([path], session, renew=True, rules=rules)
    assert ({each.what for each in result.findings}, result.renewed) == ({"there"}, [written])
