"""The original library's recorded answers, asked again here: on its own database, adopted."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.shared import shared_file
from thoth_storages import GraphDatabase
from thoth_storages.sync.kinds import SYNCED

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


# Why answers on what the stream left here differ from the original's, method by method. The original's database holds
# more than the stream: an adviser's run, an image analysis, and symbols that were put in by hand. And images of Python
# 3.10 are known as such here.
ON_OTHER_ROWS = {
    "get_adviser_run_document_ids_all": 1,
    "get_adviser_run_origins_all": 1,
    "get_analyzed_image_symbols_all": 1,
    "get_build_software_environment_analyses_all": 2,
    "get_last_analysis_datetime": 1,
    "get_origin_count_per_source_type": 1,
    "get_python_package_required_symbols": 4,
    "get_python_package_version_entities_count_all": 1,
    "get_python_software_stack_count_all": 5,
    "get_relation_table_count": 1,
    "get_software_environments_all": 5,
    "get_software_environments_count_all": 3,
}
# CVEs and installations of Kebechet are dated when they are created.
BY_THE_CLOCK = {
    "get_kebechet_github_app_installations_all": 14,
    "get_kebechet_github_installation_info_with_software_environment_all": 6,
    "get_python_cve_records_all": 3,
}
BETTER = {"get_python_environment_marker": 3, "get_python_packages_count_all": 2}


def test_the_stream_of_documents_gives_the_recorded_answers(
    graph: GraphDatabase, database: str, point_to: PointTo, tmp_path: Path
) -> None:
    write_stream(graph)
    run = replay(recorded_calls(), database, point_to, tmp_path)
    counted = re.findall(r"^ +(\d+) (\w+)$", run.stdout, re.MULTILINE)
    assert {method: int(number) for number, method in counted} == ON_OTHER_ROWS | BY_THE_CLOCK | BETTER


def write_stream(graph: GraphDatabase) -> None:
    """Write all documents of the stream, and call the methods that it calls, in its order."""
    with gzip.open(shared_file("conformance/documents.jsonl.gz"), "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    for kind, group in itertools.groupby(items, lambda item: item["kind"]):
        documents = [item["document"] for item in group]
        if kind == "api":
            for call in documents:
                getattr(graph, call["method"])(**call["kwargs"])
        else:
            write = SYNCED[kind.partition("-")[0]].kind.write
            rows = [SYNCED[kind.partition("-")[0]].kind.rows(document) for document in documents]
            graph.write(lambda connection, write=write, rows=rows: write(connection, rows))  # type: ignore[misc]


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
