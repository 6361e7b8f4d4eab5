"""What is too dear to be asked at each scrape."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from thoth_storages.metrics.remembered import Remembered


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_answer_is_given_again_until_its_time_is_over() -> None:
    clock, numbers = Clock(), itertools.count()
    remembered = Remembered(60, lambda: next(numbers), clock)
    assert [remembered.get(), remembered.get()] == [0, 0]
    clock.now += 59
    assert remembered.get() == 0
    clock.now += 1
    assert remembered.get() == 1


def test_arguments_are_handed_on() -> None:
    assert Remembered(60, lambda first, second: first - second).get(7, second=5) == 2


def test_an_error_is_raised_and_not_remembered() -> None:
    answers: Iterator[OSError | int] = iter([OSError("away"), 7])

    def ask() -> int:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    remembered = Remembered(60, ask)
    with pytest.raises(OSError, match="away"):
        remembered.get()
    assert [remembered.get(), remembered.get()] == [7, 7]
