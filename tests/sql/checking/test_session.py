"""What the server says of variants, once each."""

from __future__ import annotations

import pytest

from thoth_storages.sql.checking.session import Connection, Prepared, Refused, Session
from thoth_storages.sql.checking.variants import Variant, variants_of
from thoth_storages.sql.source import read_text


def variant(sql: str, params: str = "") -> Variant:
    (source,) = read_text(f"-- name: get_a_all\n-- params: {params}\n-- returns: [a]\n{sql}", "some.sql")
    return variants_of(source)[0]


@pytest.fixture
def session(shop: Connection) -> Session:
    """A session on the database ``shop``."""
    return Session(lambda: shop)


def refused(session: Session, sql: str, params: str = "") -> Refused:
    answer = session.prepare(variant(sql, params))
    assert isinstance(answer, Refused)
    return answer


def test_a_variant_that_is_prepared_has_types_and_columns(session: Session) -> None:
    answer = session.prepare(
        variant("SELECT w.name AS a, 1 AS b FROM ware AS w WHERE w.id = :id AND :b > w.name", "id, b")
    )
    assert isinstance(answer, Prepared)
    assert answer.parameters == {"id": 23, "b": 25}
    table, computed = answer.columns
    assert (table.name, table.type, table.number) == ("a", 25, 3)
    assert table.table > 0
    assert (computed.name, computed.type, computed.table, computed.number) == ("b", 23, 0, 0)


def test_a_statement_without_a_plan_is_prepared(session: Session) -> None:
    assert session.prepare(variant("LOCK TABLE ware")) == Prepared({}, ())


def test_a_refusal_has_the_servers_words_and_position(session: Session) -> None:
    answer = refused(session, "SELECT w.nam AS a FROM ware AS w")
    assert (answer.sqlstate, answer.message, answer.is_planning) == ("42703", "column w.nam does not exist", False)
    assert answer.hint.startswith("Perhaps you meant")
    assert answer.position == len("/* get_a_all */\nSELECT ") + 1


@pytest.mark.parametrize(
    ("sql", "verb"),
    [("TRUNCATE ware", "TRUNCATE"), ("DO 'BEGIN END'", "DO"), ("commit", "COMMIT"), ("/* x */ VACUUM ware", "VACUUM")],
)
def test_what_is_no_query_is_refused_though_the_server_would_take_it(session: Session, sql: str, verb: str) -> None:
    answer = refused(session, sql)
    assert answer.message.startswith(f"{verb} is no query; queries are SELECT, INSERT,")
    assert not answer.is_planning


@pytest.mark.parametrize("sql", ["(SELECT 1 AS a)", "VALUES (1)", "TABLE maker", "WITH a AS (SELECT 1) SELECT FROM a"])
def test_every_query_is_one(session: Session, sql: str) -> None:
    assert isinstance(session.prepare(variant(sql)), Prepared)


def test_what_fails_when_it_is_planned_is_refused_without_a_position(session: Session) -> None:
    answer = refused(session, "SELECT 1 / 0 AS a")
    assert (answer.sqlstate, answer.is_planning, answer.position) == ("22012", True, 0)


def test_after_a_refusal_the_next_is_prepared(session: Session) -> None:
    for sql in ("SELEC", "SELECT 1 / 0 AS a"):
        refused(session, sql)
        assert isinstance(session.prepare(variant("SELECT 1 AS a")), Prepared)


def test_nothing_stays_prepared(session: Session, shop: Connection) -> None:
    session.prepare(variant("SELECT 1 AS a"))
    refused(session, "SELECT 1 / 0 AS a")
    names = shop.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'thoth%'").fetchall()
    assert names == []


def test_a_variant_is_asked_for_once(shop: Connection) -> None:
    session = Session(lambda: shop)
    first = session.prepare(variant("SELECT 1 AS a"))
    assert session.prepare(variant("SELECT 1 AS a")) is first


def test_it_connects_when_it_is_needed_and_once(shop: Connection) -> None:
    connected: list[Connection] = []

    def connect() -> Connection:
        connected.append(shop)
        return shop

    session = Session(connect)
    assert connected == []
    for number in range(3):
        session.prepare(variant(f"SELECT {number} AS a"))
    assert connected == [shop]


def test_what_is_done_within_undone_is_undone(session: Session) -> None:
    with session.undone() as connection:
        connection.execute("INSERT INTO maker (name) VALUES ('a')")
        with session.undone():
            connection.execute("DELETE FROM maker")
        assert connection.execute("SELECT count(*) FROM maker").fetchone() == (1,)
    assert session.connection.execute("SELECT count(*) FROM maker").fetchone() == (0,)
