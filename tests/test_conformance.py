"""The original library's recorded answers, asked again here: on its own database, adopted."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.shared import shared_file
from thoth_storages import GraphDatabase

PointTo = Callable[[str], None]


def test_every_recorded_answer_comes_out_the_same(original_database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(original_database)
    calls = tmp_path / "calls.jsonl"
    calls.write_text(recorded_calls(), encoding="utf-8")
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, str(shared_file("conformance/replay.py")), str(calls)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.rstrip().endswith(" 0 different")


def recorded_calls() -> str:
    """The recorded calls of the methods that exist here; the others come with their subjects."""
    with gzip.open(shared_file("conformance/calls.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return "".join(line for line in lines if hasattr(GraphDatabase, json.loads(line)["method"]))
