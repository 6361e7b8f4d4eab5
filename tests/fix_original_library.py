"""The original library itself, thoth-storages 0.74.2, in an environment of its own that a variable names."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.original import environment as original_environment

VARIABLE = "THOTH_STORAGES_TEST_ORIGINAL"

# Read once, before the fixture ``environment`` takes it away from the tests.
_INTERPRETER = os.environ.get(VARIABLE)

_WORKER = """
import json, re, sys
from thoth.storages import GraphDatabase

WRITERS = {
    "adviser": "sync_adviser_result",
    "dependency-monkey": "sync_dependency_monkey_result",
    "inspection": "sync_inspection_result",
    "package-extract": "sync_analysis_result",
    "provenance-checker": "sync_provenance_checker_result",
    "revsolver": "sync_revsolver_result",
    "security-indicators": "sync_security_indicator_aggregated_result",
    "solver": "sync_solver_result",
}


def plain(answer):
    # Lists have no order there, and objects a place in memory.
    if isinstance(answer, dict):
        answer = [(key, plain(value)) for key, value in answer.items()]
    if isinstance(answer, (list, set)):
        answer = sorted(map(repr, answer))
    return re.sub(" at 0x[0-9a-f]+", "", repr(answer))


graph = GraphDatabase()
graph.connect()
assert graph.is_schema_up2date()
answers = []
for line in sys.stdin:
    item = json.loads(line)
    try:
        if item["kind"] == "api":
            answer = getattr(graph, item["document"]["method"])(**item["document"]["kwargs"])
        else:
            answer = getattr(graph, WRITERS[item["kind"]])(item["document"])
        answers.append(plain(answer))
    except Exception as error:
        answers.append(type(error).__name__)
print(json.dumps(answers))
"""

RunOriginal = Callable[[str, list[dict[str, Any]]], list[str]]


@pytest.fixture
def run_original() -> RunOriginal:
    """A function that has the original do what items of a stream say, on a database, and tells what it answered.

    An exception is told by its name. An item is ``{"kind", "document"}`` as in conformance/documents.jsonl.gz; a
    method's call is of the kind ``api``.
    """
    if not _INTERPRETER:
        pytest.skip(f"needs thoth-storages 0.74.2: {VARIABLE} names the Python of an environment that has it")

    def run(conninfo: str, items: list[dict[str, Any]]) -> list[str]:
        done = subprocess.run(
            [_INTERPRETER, "-W", "ignore", "-c", _WORKER],
            input="".join(f"{json.dumps(item)}\n" for item in items),
            env=original_environment(conninfo),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        answers: list[str] = json.loads(done.stdout)
        assert len(answers) == len(items)
        return answers

    return run
