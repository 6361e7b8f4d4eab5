"""How fast the reads are beside the original library: every method that the original was timed in.

THOTH_STORAGES_BENCHMARK_DSN names a database with this library's schema, THOTH_STORAGES_BENCHMARK_ORIGINAL_DSN one
with the original's and the same contents, THOTH_STORAGES_BENCHMARK_ORIGINAL the Python interpreter of an environment
with the original. The databases are only read. Both sides answer each call in turn, with nothing in their caches, and a
call counts with the fastest of its rounds, as the machine only ever makes it slower. What comes out near what is needed
or behind it is measured for longer.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from thoth_storages import GraphDatabase
from thoth_storages.exceptions import NotFoundError

from .depends_on import VARIABLE as DSN
from .depends_on import connected
from .original import VARIABLE as ORIGINAL
from .original import Call, Timing, original, size
from .read_calls import Question, questions

ORIGINAL_DSN = "THOTH_STORAGES_BENCHMARK_ORIGINAL_DSN"
FEWEST_ROUNDS, MOST_ROUNDS = 3, 15
MOST_SECONDS = 20
NEAR = 1.2

Side = Callable[[Call], Timing]


class Result(NamedTuple):
    """How both sides answered a question: medians in milliseconds, and the sizes of their answers to the first call."""

    title: str
    calls: int
    needed: float
    original_ms: float
    ours_ms: float
    original_size: int | str
    ours_size: int | str
    other_sizes: int

    @property
    def times(self) -> float:
        """How many times as fast as the original this library is."""
        return self.original_ms / self.ours_ms

    @property
    def is_enough(self) -> bool:
        """Whether it is as fast as it has to be."""
        return self.times >= self.needed


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the questions with this text in their titles")
    arguments = parser.parse_args()
    report = as_json if arguments.json else as_table
    report(result for result in measured(arguments.only))


def measured(only: str) -> Iterable[Result]:
    """Measure the questions one after the other."""
    dsn, original_dsn, interpreter = map(variable, (DSN, ORIGINAL_DSN, ORIGINAL))
    with connected(dsn) as graph, original(interpreter, original_dsn) as theirs:
        if not graph.is_schema_up2date():
            sys.exit(f"{DSN} names a database of another version: migrate it first")
        with graph.database.connection() as connection:
            asked = [question for question in questions(connection) if only in question.title]
        for question in asked:
            if question.calls:
                yield compare(question, theirs, ours(graph))
            else:
                print(f"{question.title}: the database holds nothing to ask it about", file=sys.stderr)


def variable(name: str) -> str:
    """Read a variable of the environment, or end with what it is for."""
    return os.environ.get(name) or sys.exit(f"{name} isn't set: see benchmarks/README.md for what it names")


def ours(graph: GraphDatabase) -> Side:
    """Make this library's side."""

    def answer(call: Call) -> Timing:
        graph.cache_clear()
        started = time.perf_counter()
        try:
            answered: Any = getattr(graph, call.method)(*call.positional, **call.named)
        except NotFoundError as error:
            answered = error
        return Timing(time.perf_counter() - started, size(answered))

    return answer


def compare(question: Question, theirs: Side, here: Side) -> Result:
    """Measure a question, longer when it comes out near what is needed."""
    sides = (theirs, here)
    sizes = [[side(call).size for call in question.calls] for side in sides]  # a round that nobody times
    fastest = [[float("inf")] * len(question.calls) for _ in sides]
    started = time.monotonic()
    for number in range(MOST_ROUNDS):
        for position, call in enumerate(question.calls):
            for side in (0, 1) if (number + position) % 2 else (1, 0):
                fastest[side][position] = min(fastest[side][position], sides[side](call).seconds)
        original_ms, ours_ms = (statistics.median(side) * 1e3 for side in fastest)
        is_clear = original_ms / ours_ms > NEAR * question.needed
        if number + 1 >= FEWEST_ROUNDS and (is_clear or time.monotonic() - started > MOST_SECONDS):
            break
    differing = sum(one != other for one, other in zip(*sizes, strict=True))
    return Result(
        question.title,
        len(question.calls),
        question.needed,
        original_ms,
        ours_ms,
        original_size=sizes[0][0],
        ours_size=sizes[1][0],
        other_sizes=differing,
    )


def as_table(results: Iterable[Result]) -> None:
    """Print a line a question as it is answered, and at the end those that aren't fast enough."""
    print(f"{'method':73}{'calls':>5}{'original ms':>13}{'ours ms':>10}{'times':>8}  rows")
    slow = []
    for result in results:
        print(
            f"{result.title:73}{result.calls:5}{result.original_ms:13.2f}{result.ours_ms:10.2f}{result.times:8.1f}  "
            f"{rows(result)}",
            flush=True,
        )
        if not result.is_enough:
            slow.append(result)
    print(f"{len(slow)} not fast enough" + (":" if slow else ""))
    for result in slow:
        print(f"  {result.title}: {result.times:.2f} times, needed {result.needed:.0f}")


def rows(result: Result) -> str:
    """Write how large the answers are, and whether both sides agree."""
    if not result.other_sizes:
        return str(result.ours_size)
    return f"{result.original_size} there, {result.ours_size} here ({result.other_sizes} calls differ)"


def as_json(results: Iterable[Result]) -> None:
    """Print a list of objects, one a question."""
    answers = [
        {**result._asdict(), "times": round(result.times, 2), "is_enough": result.is_enough} for result in results
    ]
    json.dump(answers, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
