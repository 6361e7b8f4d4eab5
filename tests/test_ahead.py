"""Reading ahead: in order, bounded, and with the errors in their places."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from thoth_storages.ahead import read_ahead

MOST = 9


def test_items_come_in_order_with_what_was_read() -> None:
    assert [(item, read.result()) for item, read in read_ahead(range(50), str)] == [(n, str(n)) for n in range(50)]


def test_nothing_is_read_for_no_items() -> None:
    assert list(read_ahead([], str)) == []


def test_no_more_items_are_taken_than_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    reading = read_ahead(items(), str)
    for expected in range(5):
        assert next(reading)[0] == expected
        assert len(taken) <= expected + 1 + MOST
    reading.close()  # type: ignore[attr-defined]
    assert len(taken) <= 5 + MOST


def test_the_next_ones_are_read_while_one_is_worked_on() -> None:
    second_is_read = threading.Event()

    def read(number: int) -> None:
        if number == 1:
            second_is_read.set()

    reading = read_ahead(range(100), read)
    assert next(reading)[0] == 0
    assert second_is_read.wait(10)


def test_an_error_stands_in_its_place() -> None:
    def read(number: int) -> float:
        return 1 / (number - 2)

    found = []
    for number, reading in read_ahead(range(5), read):
        if number == 2:
            with pytest.raises(ZeroDivisionError):
                reading.result()
        else:
            found.append(reading.result())
    assert found == [-0.5, -1, 1, 0.5]
