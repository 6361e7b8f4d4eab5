"""The files in which Amun keeps an inspection, and the documents that they make up.

Below the inspection's folder, whose name is the inspection's id, are ``build/specification`` and, for each of the runs,
``results/<number>/result``; the same names are the keys in an object store. Other files there (logs, what is known of
the hardware) aren't synced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SPECIFICATION = "build/specification"
_RESULT = re.compile(r"results/(0|[1-9][0-9]*)/result")


def result_name(number: int) -> str:
    """Answer the name, below the inspection's folder, of the file with a result."""
    return f"results/{number}/result"


def result_numbers(names: Iterable[str]) -> list[int]:
    """Answer which results there are among files, by their names below the inspection's folder; in ascending order."""
    return sorted({int(match[1]) for name in names if (match := _RESULT.fullmatch(name))})


def folder_result_numbers(folder: Path) -> list[int]:
    """Answer which results a local folder holds; raises OSError where there is no such folder."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder of an inspection, with {SPECIFICATION} in it")
    return result_numbers(path.relative_to(folder).as_posix() for path in folder.glob("results/*/result"))


def folder_inspection_id(folder: Path) -> str:
    """Answer the id of the inspection in a local folder: the folder's own name, however its path is written."""
    return folder.resolve().name


def inspection_documents(
    inspection_id: str, specification: Any, results: Iterable[tuple[int, Any]]
) -> Iterator[dict[str, Any]]:
    """Make the documents of an inspection from what its files hold: one for each result, given with its number."""
    for number, result in results:
        yield {
            "document_id": inspection_id,
            "result_number": number,
            "specification": specification,
            "result": result,
        }
