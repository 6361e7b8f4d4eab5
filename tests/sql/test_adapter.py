"""Running a query through aiosql: at once, prepared, on a cursor that is kept; and which files and names it takes."""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row, namedtuple_row

from tests.sql.conftest import Connection, Load
from thoth_storages.database import Connection as OwnConnection
from thoth_storages.database import Database
from thoth_storages.exceptions import QueryError
from thoth_storages.settings import DatabaseSettings
from thoth_storages.sql.execution import ROWS_AT_ONCE, show_statements

GET_A = "-- name: get_a\n-- returns: [a]\nSELECT 1 AS a;\n"
GET_B = GET_A.replace("get_a", "get_b")
NUMBERS = """\
-- name: get_numbers
-- params: least=None, *, most: int | None = None, is_odd=False
-- returns: [n]
SELECT n
FROM generate_series(1, 10) AS n
WHERE TRUE
  AND n >= :least     --? least
  AND n <= :most      --? most
  AND n % 2 = 1       --? is_odd
ORDER BY n;
"""
ACCOUNTS = """\
-- name: add_account
-- params: name
-- returns: [name]
INSERT INTO account (name) VALUES (:name) RETURNING name;

-- name: add_accounts!
-- params: names
INSERT INTO account (name) SELECT unnest(:names::text[]);

-- name: get_accounts
-- returns: [name]
SELECT name FROM account ORDER BY name;

-- name: get_account_id^
-- params: name
-- returns: (id,)
SELECT id FROM account WHERE name = :name;
"""


@pytest.fixture
def accounts(bare: Connection) -> Connection:
    """A connection to a database with an empty table."""
    bare.execute("CREATE TABLE account (id bigserial PRIMARY KEY, name text NOT NULL)")
    return bare


@pytest.fixture
def own(empty_database: str) -> Iterator[OwnConnection]:
    """A connection as the pool of this library makes it."""
    settings = DatabaseSettings({name: str(value) for name, value in conninfo_to_dict(empty_database).items()})
    connection = Database(settings).connect()
    assert connection is not None
    with connection:
        yield connection


def prepared(connection: Connection) -> list[str]:
    """The first lines of the statements that are prepared on a connection, without psycopg's own and this one."""
    with psycopg.Cursor(connection) as cursor:
        rows = cursor.execute("SELECT statement FROM pg_prepared_statements", prepare=False).fetchall()
    return sorted(row[0].split("\n")[0] for row in rows if row[0].startswith("/*"))


class TestNames:
    def test_two_queries_of_one_name_in_a_file_are_refused(self, load: Load, tmp_path: Path) -> None:
        with pytest.raises(QueryError) as raised:
            load(GET_A + GET_A)
        path = tmp_path / "queries.sql"
        assert str(raised.value) == f"{path}:4:1: the name 'get_a' is taken by {path}:1"

    def test_two_queries_of_one_name_in_two_files_are_refused_in_the_later_file(
        self, load: Load, tmp_path: Path
    ) -> None:
        with pytest.raises(QueryError) as raised:
            load(z=GET_A, b=f"\n{GET_A}")
        assert str(raised.value) == f"{tmp_path}/z.sql:1:1: the name 'get_a' is taken by {tmp_path}/b.sql:2"

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("-- name: get_a\n-- alias: get_b\n", "-- name: get_b\n"),
            ("-- name: get_b\n", "-- name: get_a\n-- alias: get_b\n"),
            ("-- name: get_a\n-- alias: get_c, get_b\n", "-- name: get_d\n-- alias: get_b\n"),
            ("-- name: get_a\n-- alias: get_b, get_b\n", ""),
            ("-- name: get_b\n-- alias: get_b\n", ""),
        ],
    )
    def test_an_alias_that_is_a_name_or_an_alias_already_is_refused(self, load: Load, first: str, second: str) -> None:
        body = "-- returns: [a]\nSELECT 1 AS a;\n"
        with pytest.raises(QueryError, match=r": the name 'get_b' is taken by .*/a\.sql:1$"):
            load(a=first + body, b=second and second + body)

    def test_the_name_of_the_twin_that_streams_is_taken_too(self, load: Load) -> None:
        with pytest.raises(QueryError, match=r"sql:4:1: the name 'get_a_cursor' is taken by .*queries\.sql:1$"):
            load(GET_A + GET_A.replace("get_a", "get_a_cursor"))

    @pytest.mark.parametrize(
        "second",
        [
            GET_A.replace("get_a", "iterate_a"),
            GET_A.replace("get_a", "retrieve_a"),
            "-- name: delete_a!\n-- alias: iterate_a\nDELETE FROM a;\n",
            GET_B.replace("-- returns", "-- alias: retrieve_a\n-- returns"),
        ],
        ids=["a name", "the iterating name of another name", "an alias", "the iterating name of an alias"],
    )
    def test_the_name_of_the_iterating_form_is_taken_too(self, load: Load, second: str) -> None:
        with pytest.raises(QueryError, match=r"sql:4:1: the name 'iterate_a' is taken by .*queries\.sql:1$"):
            load(GET_A + second)

    def test_two_queries_of_one_stem_are_fine_where_one_is_no_list(self, load: Load) -> None:
        catalog = load(GET_A + "-- name: retrieve_a$\n-- returns: a\nSELECT 1 AS a;\n")
        assert list(catalog) == ["get_a", "retrieve_a"]

    def test_a_folder_cannot_have_the_name_of_an_iterating_form(self, load: Load) -> None:
        with pytest.raises(QueryError, match="a folder of queries is a name of Python's that no query has"):
            load(a=GET_A, iterate_a__b=GET_B)

    def test_one_name_in_two_folders_is_two_names(self, load: Load) -> None:
        catalog = load(a=GET_A, sync__a=GET_A)
        assert sorted(catalog) == ["get_a", "sync.get_a"]

    def test_files_are_read_in_the_order_of_their_names(self, load: Load) -> None:
        catalog = load(c=GET_B, a=GET_A, b="-- only a remark\n", sync__z=GET_B)
        assert list(catalog) == ["get_a", "get_b", "sync.get_b"]

    def test_files_of_other_kinds_are_passed_over(self, load: Load, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("SELECT")
        (tmp_path / "empty").mkdir()
        assert list(load(GET_A)) == ["get_a"]


class TestFolders:
    @pytest.mark.parametrize("folder", ["not-a-name", "class", "get_a", "get_other"])
    def test_a_folder_is_a_name_that_no_query_has(self, load: Load, tmp_path: Path, folder: str) -> None:
        with pytest.raises(QueryError) as raised:
            load(
                **{
                    "queries": GET_A.replace("-- returns", "-- alias: get_other\n-- returns"),
                    f"{folder}__b": GET_B,
                }
            )
        assert str(raised.value) == (
            f"{tmp_path}/{folder}:1:1: a folder of queries is a name of Python's that no query has, "
            "and has no folder of queries in it"
        )

    def test_a_folder_in_a_folder_is_refused_as_nothing_would_lead_to_its_queries(
        self, load: Load, tmp_path: Path
    ) -> None:
        (tmp_path / "sync" / "deeper").mkdir(parents=True)
        (tmp_path / "sync" / "deeper" / "b.sql").write_text(GET_B)
        with pytest.raises(QueryError, match=r"/sync:1:1: a folder of queries is a name"):
            load(GET_A)


class TestRunning:
    def test_a_write_that_answers_rows_is_done_before_anybody_looks_at_them(
        self, load: Load, accounts: Connection
    ) -> None:
        catalog = load(ACCOUNTS)
        catalog["add_account"](accounts, "anna")
        assert catalog["get_accounts"](accounts) == ["anna"]

    def test_the_number_of_written_rows_is_answered(self, load: Load, accounts: Connection) -> None:
        catalog = load(ACCOUNTS)
        assert catalog["add_accounts"](accounts, ["anna", "bert"]) == 2
        assert catalog["add_accounts"](accounts, []) == 0

    def test_no_row_and_a_row_of_null_differ(self, load: Load, bare: Connection) -> None:
        catalog = load(
            "-- name: get_none$\n-- returns: a\n-- raises: NotFoundError\nSELECT NULL::text AS a;\n"
            "-- name: get_nothing$\n-- returns: a\n-- raises: NotFoundError\nSELECT 1 AS a WHERE FALSE;\n"
        )
        assert catalog["get_none"](bare) is None
        with pytest.raises(Exception, match="get_nothing: no record for this question"):
            catalog["get_nothing"](bare)

    @pytest.mark.parametrize("factory", [dict_row, namedtuple_row])
    def test_the_row_factory_of_somebody_elses_connection_does_not_matter(
        self, load: Load, accounts: Connection, factory: Any
    ) -> None:
        catalog = load(ACCOUNTS)
        accounts.row_factory = factory
        catalog["add_account"](accounts, "anna")
        assert catalog["get_accounts"](accounts) == ["anna"]
        assert catalog["get_account_id"](accounts, "anna") == (1,)

    def test_the_cursor_factory_of_somebody_elses_connection_does_not_matter(
        self, load: Load, empty_database: str
    ) -> None:
        query = load(NUMBERS)["get_numbers"]
        with psycopg.connect(empty_database, cursor_factory=psycopg.ClientCursor) as connection:
            assert query(connection, 9) == [9, 10]
            assert prepared(connection) == ["/* get_numbers */"]

    def test_a_query_takes_part_in_the_transaction_that_it_finds(self, load: Load, accounts: Connection) -> None:
        catalog = load(ACCOUNTS)
        with accounts.transaction(force_rollback=True):
            catalog["add_account"](accounts, "anna")
            assert catalog["get_accounts"](accounts) == ["anna"]
        assert catalog["get_accounts"](accounts) == []

    def test_a_connection_that_commits_by_hand_is_left_to_be_committed(
        self, load: Load, accounts: Connection, empty_database: str
    ) -> None:
        catalog = load(ACCOUNTS)
        with psycopg.connect(empty_database) as connection:
            catalog["add_account"](connection, "anna")
            assert connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS
            assert catalog["get_accounts"](accounts) == []
            connection.commit()
        assert catalog["get_accounts"](accounts) == ["anna"]

    def test_a_pipeline_is_no_obstacle(self, load: Load, accounts: Connection) -> None:
        catalog = load(ACCOUNTS)
        with accounts.pipeline():
            assert catalog["add_accounts"](accounts, ["anna", "bert"]) == 2
            assert catalog["get_accounts"](accounts) == ["anna", "bert"]

    def test_threads_may_share_a_connection_of_somebody_else(self, load: Load, bare: Connection) -> None:
        query = load(NUMBERS)["get_numbers"]
        wrong: list[Any] = []

        def ask(least: int) -> None:
            answers = [query(bare, least) for _ in range(50)]
            wrong.extend(answer for answer in answers if answer != list(range(least, 11)))

        threads = [threading.Thread(target=ask, args=(least,)) for least in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []

    def test_a_variant_with_other_columns_is_refused(self, load: Load, bare: Connection, tmp_path: Path) -> None:
        query = load("-- name: get_a\n-- params: more=False\n-- returns: [a]\nSELECT\n  2 AS b,  --? more\n  1 AS a")[
            "get_a"
        ]
        assert query(bare) == [1]
        with pytest.raises(QueryError) as raised:
            query(bare, more=True)
        assert str(raised.value) == (
            f"{tmp_path}/queries.sql:4:1: the columns of get_a depend on its parameters: a; but also b, a"
        )

    @pytest.mark.parametrize("text", ["é", "日本", "😀"])
    def test_text_beyond_ascii_stays_in_the_sql_and_in_values(self, load: Load, bare: Connection, text: str) -> None:
        catalog = load(f"-- name: get_a$\n-- params: name\n-- returns: é\nSELECT '{text}' || :name AS é  -- {text}")
        assert catalog["get_a"](bare, text) == text * 2


class TestPreparing:
    def test_a_variant_is_prepared_once_a_connection(self, load: Load, bare: Connection) -> None:
        query = load(NUMBERS)["get_numbers"]
        for least in (1, 2, 3):
            query(bare, least)
        assert prepared(bare) == ["/* get_numbers */"]
        query(bare, 1, is_odd=True)
        query(bare, 2, is_odd=True)
        assert prepared(bare) == ["/* get_numbers */"] * 2
        query(bare)
        assert prepared(bare) == ["/* get_numbers */"] * 3

    def test_integers_of_any_size_share_a_statement_on_a_connection_of_this_library(
        self, load: Load, own: OwnConnection
    ) -> None:
        query = load(NUMBERS)["get_numbers"]
        for least in (1, 100_000, 10_000_000_000):
            query(own, least)
        assert prepared(own) == ["/* get_numbers */"]

    def test_nothing_is_prepared_where_the_connection_forbids_it(self, load: Load, empty_database: str) -> None:
        catalog = load(NUMBERS)
        with psycopg.connect(empty_database, autocommit=True, prepare_threshold=None) as connection:
            for _ in range(7):
                assert catalog["get_numbers"](connection, 10) == [10]
            assert prepared(connection) == []

    def test_the_name_shows_in_the_activity_of_the_server(self, load: Load, bare: Connection) -> None:
        query = load(
            "-- name: get_what_runs$\n-- returns: query\n"
            "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()"
        )["get_what_runs"]
        assert query(bare).startswith("/* get_what_runs */\n")

    def test_a_connection_of_this_library_keeps_its_cursor(self, load: Load, own: OwnConnection) -> None:
        query = load(NUMBERS)["get_numbers"]
        kept = own.kept_cursor
        assert query(own, 10) == [10]
        assert own.kept_cursor is kept
        assert query(own, 9) == [9, 10]


class TestManyRows:
    """More rows than are made Python's at once."""

    MANY = "-- name: get_many\n-- params: count=100\n-- returns: [n]\nSELECT n FROM generate_series(1, :count) AS n;"

    @pytest.mark.parametrize("count", [ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 3 * ROWS_AT_ONCE, 10_000])
    def test_all_of_them_are_answered_in_order(
        self, load: Load, bare: Connection, own: OwnConnection, count: int
    ) -> None:
        query = load(self.MANY)["get_many"]
        assert query(bare, count) == query(own, count) == list(range(1, count + 1))

    def test_the_connection_does_not_keep_their_result(self, load: Load, own: OwnConnection) -> None:
        query = load(self.MANY)["get_many"]
        held = weakref.ref(own.kept_cursor)
        assert len(query(own, ROWS_AT_ONCE)) == ROWS_AT_ONCE
        assert held() is own.kept_cursor
        assert len(query(own, 10_000)) == 10_000
        assert held() is None
        assert query(own, 1) == [1]


class TestLog:
    def test_a_statement_is_logged_with_its_name_parameters_time_and_text(
        self, load: Load, own: OwnConnection, caplog: pytest.LogCaptureFixture
    ) -> None:
        own.log_queries = True
        with caplog.at_level(logging.INFO, "thoth_storages.queries"):
            assert load(NUMBERS)["get_numbers"](own, 10) == [10]
        (record,) = caplog.records
        head, _, text = record.getMessage().partition("\n")
        name, milliseconds, unit, parameters = head.split(" ", 3)
        assert (name, unit) == ("get_numbers", "ms")
        assert float(milliseconds) > 0
        assert parameters == "{'least': 10, 'most': None, 'is_odd': False}"
        assert text.startswith("/* get_numbers */\nSELECT n")

    def test_a_statement_that_fails_is_logged_too(
        self, load: Load, own: OwnConnection, caplog: pytest.LogCaptureFixture
    ) -> None:
        own.log_queries = True
        query = load("-- name: get_a$\n-- params: n\n-- returns: a\nSELECT 1 / :n::int AS a")["get_a"]
        with caplog.at_level(logging.INFO, "thoth_storages.queries"), pytest.raises(psycopg.errors.DivisionByZero):
            query(own, 0)
        assert "get_a" in caplog.text

    def test_nothing_is_logged_unless_asked_for(
        self, load: Load, own: OwnConnection, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            load(NUMBERS)["get_numbers"](own, 10)
        assert "get_numbers" not in caplog.text

    def test_the_log_can_be_switched_on_where_no_logging_is_set_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        logger = logging.getLogger("thoth_storages.queries")
        monkeypatch.setattr(logger, "handlers", [])
        monkeypatch.setattr(logger, "propagate", False)
        monkeypatch.setattr(logger, "level", logging.NOTSET)
        show_statements()
        assert logger.isEnabledFor(logging.INFO)
        assert len(logger.handlers) == 1
        show_statements()
        assert len(logger.handlers) == 1
