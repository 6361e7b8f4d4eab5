"""The original library's recorded answers, asked again here: on its own database, adopted."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.shared import shared_file
from thoth_storages import GraphDatabase

PointTo = Callable[[str], None]


def test_every_recorded_answer_comes_out_the_same(original_database: str, point_to: PointTo, tmp_path: Path) -> None:
    run = replay(
        [call for call in recorded_calls() if not is_answered_better(call)], original_database, point_to, tmp_path
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.rstrip().endswith(" 0 different")


def test_what_the_original_does_not_normalise_is_found_here(
    original_database: str, point_to: PointTo, tmp_path: Path
) -> None:
    better = [call for call in recorded_calls() if is_answered_better(call)]
    run = replay(better, original_database, point_to, tmp_path)
    assert run.stdout.rstrip().endswith(f"{len(better)} calls, {len(better)} different")
    assert 0 < len(better) < 10


def is_answered_better(call: dict[str, Any]) -> bool:
    """Whether the original found nothing only because two of its methods don't normalise what all others do.

    It knows no dependency ``IDNA`` in its markers, and counts no packages on ``ubi``, though it lists them.
    """
    asked = call["kwargs"]
    if call["method"] == "get_python_environment_marker":
        return bool(asked["dependency_name"] != asked["dependency_name"].lower())
    return bool(call["method"] == "get_python_packages_count_all" and asked.get("os_name") == "ubi")


def replay(
    calls: list[dict[str, Any]], database: str, point_to: PointTo, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Ask the calls again in a process of its own, and compare."""
    point_to(database)
    file = folder / "calls.jsonl"
    file.write_text("".join(f"{json.dumps(call)}\n" for call in calls), encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(shared_file("conformance/replay.py")), str(file)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


def recorded_calls() -> list[dict[str, Any]]:
    """The recorded calls of the methods that exist here; the others come with their subjects."""
    with gzip.open(shared_file("conformance/calls.jsonl.gz"), "rt", encoding="utf-8") as lines:
        calls = [json.loads(line) for line in lines]
    return [call for call in calls if hasattr(GraphDatabase, call["method"])]
