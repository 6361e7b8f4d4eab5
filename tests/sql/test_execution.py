"""Rows from a cursor on the server: in which transaction it lives, when it is closed, and who may go on with it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.forking import holds_in_child
from tests.sql.conftest import Connection, Load
from tests.statements import counted_statements
from thoth_storages.exceptions import DatabaseError
from thoth_storages.sql.execution import ROWS_AT_ONCE
from thoth_storages.sql.query import Query

NUMBERS = """\
-- name: get_numbers
-- params: least=1, *, most=10000, is_odd=False
-- returns: [n]
SELECT n
FROM generate_series(:least::int, :most) AS n
WHERE TRUE
  AND n % 2 = 1       --? is_odd
ORDER BY n;
"""


@pytest.fixture
def numbers(load: Load) -> Query:
    """A query of ten thousand numbers."""
    return load(NUMBERS)["get_numbers"]


@pytest.fixture
def manual(empty_database: str) -> Iterator[Connection]:
    """A connection that begins transactions by itself, and leaves it to its user to commit them."""
    with psycopg.connect(empty_database) as connected:
        yield connected


def begin(query: Query, connection: Connection, *args: Any, **kwargs: Any) -> Any:
    """An iteration whose first element was taken."""
    iteration = query.iterate(connection, query.parameters(*args, **kwargs))
    next(iteration)
    return iteration


def status(connection: Connection) -> str:
    return connection.info.transaction_status.name


def open_cursors(connection: Connection) -> list[tuple[bool, str]]:
    """The cursors of the session, whether they are held, and the query that each is of."""
    rows = connection.execute("SELECT is_holdable, statement FROM pg_cursors ORDER BY name").fetchall()
    return [(is_held, statement.split("/* ")[1].split(" */")[0]) for is_held, statement in rows]


class TestRows:
    @pytest.mark.parametrize("most", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 10_000])
    def test_all_come_in_order(self, numbers: Query, bare: Connection, most: int) -> None:
        assert list(numbers.iterate(bare, numbers.parameters(most=most))) == list(range(1, most + 1))

    def test_the_parameters_choose_the_variant(self, numbers: Query, bare: Connection) -> None:
        assert list(numbers.iterate(bare, numbers.parameters(4, most=8, is_odd=True))) == [5, 7]

    def test_nothing_is_asked_before_the_first_is_taken(self, numbers: Query, bare: Connection) -> None:
        numbers.iterate(bare, numbers.parameters())
        assert open_cursors(bare) == []

    def test_they_come_block_by_block(self, numbers: Query, bare: Connection) -> None:
        with counted_statements(bare) as sent:
            iteration = begin(numbers, bare)
            assert next(iteration) == 2
        assert sent.statements == 2
        with counted_statements(bare) as sent:
            assert len(list(iteration)) == 9998
        assert sent.statements == 10_000 // ROWS_AT_ONCE + 2

    def test_iterations_of_one_query_may_be_under_way_together(self, numbers: Query, bare: Connection) -> None:
        first, second = begin(numbers, bare, 1), begin(numbers, bare, 9)
        assert [next(first), next(second), next(first)] == [2, 10, 3]
        first.close()
        assert len(list(second)) == 10_000 - 10

    def test_an_error_in_the_middle_is_the_callers(self, load: Load, bare: Connection) -> None:
        query = load("-- name: get_a\n-- returns: [a]\nSELECT 1 / (5000 - n) AS a FROM generate_series(1, 9999) AS n")
        with bare.transaction():
            iteration = begin(query["get_a"], bare)
            with pytest.raises(psycopg.errors.DivisionByZero), bare.transaction():
                list(iteration)
            assert bare.execute("SELECT 1").fetchone() == (1,)

    def test_the_name_of_the_query_shows_in_the_activity_of_the_server(
        self, numbers: Query, bare: Connection, empty_database: str
    ) -> None:
        iteration = begin(numbers, bare)
        with psycopg.connect(empty_database) as other:
            activity = "SELECT query FROM pg_stat_activity WHERE pid = %s"
            row = other.execute(activity, (bare.info.backend_pid,)).fetchone()
        assert row is not None
        assert row[0].startswith("/* get_numbers */ FETCH")
        iteration.close()

    def test_it_is_no_matter_how_the_connection_makes_rows(self, numbers: Query, empty_database: str) -> None:
        with psycopg.connect(empty_database, row_factory=psycopg.rows.dict_row, autocommit=True) as connection:
            assert list(numbers.iterate(connection, numbers.parameters(most=2))) == [1, 2]

    def test_a_pipeline_is_no_obstacle(self, numbers: Query, bare: Connection) -> None:
        with bare.pipeline():
            assert len(list(numbers.iterate(bare, numbers.parameters()))) == 10_000

    def test_nothing_stays_prepared(self, numbers: Query, bare: Connection) -> None:
        for _ in range(7):
            begin(numbers, bare).close()
        statements = "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'DECLARE|FETCH|CLOSE'"
        assert bare.execute(statements, prepare=False).fetchone() == (0,)


class TestAutocommit:
    """Outside a transaction the server holds the rows, so that no transaction is needed."""

    def test_no_transaction_is_open_meanwhile(self, numbers: Query, bare: Connection) -> None:
        iteration = begin(numbers, bare)
        assert status(bare) == "IDLE"
        assert open_cursors(bare) == [(True, "get_numbers")]
        iteration.close()

    def test_what_the_caller_writes_meanwhile_stays_when_the_iteration_is_left(
        self, numbers: Query, bare: Connection, empty_database: str
    ) -> None:
        bare.execute("CREATE TABLE seen (n int)")
        for n in numbers.iterate(bare, numbers.parameters()):
            bare.execute("INSERT INTO seen VALUES (%s)", (n,))
            if n == 3:
                break
        with psycopg.connect(empty_database) as other:
            assert other.execute("SELECT count(*) FROM seen").fetchone() == (3,)

    def test_the_rows_are_those_of_the_beginning(self, load: Load, bare: Connection) -> None:
        bare.execute("CREATE TABLE seen AS SELECT generate_series(1, 5000) AS n")
        iteration = begin(load("-- name: get_seen\n-- returns: [n]\nSELECT n FROM seen")["get_seen"], bare)
        bare.execute("DELETE FROM seen")
        assert len(list(iteration)) == 4999

    def test_it_goes_through_transactions_that_the_caller_begins_later(self, numbers: Query, bare: Connection) -> None:
        iteration = begin(numbers, bare)
        with bare.transaction():
            taken = [next(iteration) for _ in range(ROWS_AT_ONCE)]
        with bare.transaction(force_rollback=True):
            taken += [next(iteration) for _ in range(ROWS_AT_ONCE)]
        assert [*taken, *iteration] == list(range(2, 10_001))


class TestTransactions:
    """Inside the caller's transaction the cursor is part of it."""

    def test_it_is_not_held(self, numbers: Query, bare: Connection) -> None:
        with bare.transaction():
            iteration = begin(numbers, bare)
            assert open_cursors(bare) == [(False, "get_numbers")]
            iteration.close()

    def test_it_sees_what_the_transaction_wrote(self, load: Load, bare: Connection) -> None:
        query = load("-- name: get_seen\n-- returns: [n]\nSELECT n FROM seen")["get_seen"]
        with bare.transaction(force_rollback=True):
            bare.execute("CREATE TABLE seen AS SELECT 5 AS n")
            assert list(query.iterate(bare, {})) == [5]

    def test_a_connection_that_begins_transactions_itself_has_one_afterwards(
        self, numbers: Query, manual: Connection
    ) -> None:
        assert len(list(numbers.iterate(manual, numbers.parameters()))) == 10_000
        assert status(manual) == "INTRANS"
        manual.commit()

    def test_one_that_outlives_its_transaction_says_so(self, numbers: Query, manual: Connection) -> None:
        iteration = begin(numbers, manual)
        manual.commit()
        with pytest.raises(psycopg.errors.InvalidCursorName) as raised:
            list(iteration)
        assert raised.value.__notes__ == [
            "get_numbers: the transaction in which this iteration began is over; keep it until the end"
        ]

    def test_closing_one_that_outlived_its_transaction_begins_none(self, numbers: Query, manual: Connection) -> None:
        iteration = begin(numbers, manual)
        manual.commit()
        iteration.close()
        assert status(manual) == "IDLE"

    def test_closing_one_that_outlived_its_transaction_does_not_break_the_next(
        self, numbers: Query, bare: Connection
    ) -> None:
        with bare.transaction():
            iteration = begin(numbers, bare)
        with bare.transaction():
            bare.execute("CREATE TABLE kept ()")
            iteration.close()
        assert bare.execute("SELECT count(*) FROM kept").fetchone() == (0,)

    def test_closing_one_in_a_transaction_that_failed_is_quiet(self, numbers: Query, manual: Connection) -> None:
        iteration = begin(numbers, manual)
        with pytest.raises(psycopg.errors.DivisionByZero):
            manual.execute("SELECT 1 / 0")
        iteration.close()
        manual.rollback()
        assert open_cursors(manual) == []


@pytest.mark.parametrize("is_inside", [False, True], ids=["autocommit", "transaction"])
class TestClosing:
    @pytest.fixture(autouse=True)
    def transaction(self, bare: Connection, is_inside: bool) -> Iterator[None]:
        """A transaction around the test, or none."""
        if is_inside:
            with bare.transaction():
                yield
        else:
            yield

    def test_the_last_row_closes_the_cursor(self, numbers: Query, bare: Connection) -> None:
        assert len(list(numbers.iterate(bare, numbers.parameters()))) == 10_000
        assert open_cursors(bare) == []

    def test_leaving_early_closes_it(self, numbers: Query, bare: Connection) -> None:
        for _ in numbers.iterate(bare, numbers.parameters()):
            break
        assert open_cursors(bare) == []

    def test_an_exception_of_the_callers_closes_it(self, numbers: Query, bare: Connection) -> None:
        def fail() -> None:
            for n in numbers.iterate(bare, numbers.parameters()):
                raise ZeroDivisionError(n)

        with pytest.raises(ZeroDivisionError):
            fail()
        gc.collect()  # the traceback of the exception held the generator
        assert open_cursors(bare) == []

    def test_one_that_nobody_can_reach_is_closed_with_the_garbage(self, numbers: Query, bare: Connection) -> None:
        circle: list[Any] = [begin(numbers, bare)]
        circle.append(circle)
        del circle
        gc.collect()
        assert open_cursors(bare) == []

    def test_one_that_becomes_garbage_during_a_statement_does_not_wait_for_it(
        self, numbers: Query, bare: Connection
    ) -> None:
        iteration = begin(numbers, bare)
        with bare.lock:  # as psycopg has it while this thread is inside a statement
            iteration.close()
        assert len(open_cursors(bare)) == 1

    def test_closing_after_the_connection_is_quiet(self, numbers: Query, empty_database: str) -> None:
        with psycopg.connect(empty_database, autocommit=True) as connection:
            iteration = begin(numbers, connection)
        iteration.close()


class TestFork:
    """A child has the parent's connection, and must not say a word on it."""

    def test_a_child_is_told_to_begin_another_one(self, numbers: Query, bare: Connection) -> None:
        iteration = begin(numbers, bare)

        def is_refused() -> bool:
            with pytest.raises(DatabaseError, match="began in the parent process, whose connection a child can't use"):
                list(iteration)
            return True

        assert holds_in_child(is_refused)
        assert len(list(iteration)) == 9999

    def test_a_child_that_closes_it_leaves_the_parents_alone(self, numbers: Query, bare: Connection) -> None:
        iteration = begin(numbers, bare)
        assert holds_in_child(lambda: iteration.close() is None)
        assert len(list(iteration)) == 9999
