"""Where documents come from: what is listed, which documents that stands for, and their content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..exceptions import DocumentError

Document = dict[str, Any]


class Listed(NamedTuple):
    """A document before it is read."""

    name: str
    """The id or the path, as it was given or listed."""
    document_id: str
    """The document's id, as far as the name tells; that of a file may be another one."""
    result_number: int | None = None
    """Which of an inspection's results it is."""


class Source(Protocol):
    """Where the documents of a kind come from."""

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the documents that a name stands for: one, or an inspection's results; raises DocumentError."""
        ...

    def read(self, listed: Listed) -> Any:
        """Read a document; raises DocumentError, which names the place, for what can't be read."""
        ...


class Files:
    """Documents in local files, by their paths; an inspection is a folder as Amun writes it, or a file a result."""

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer what a path stands for."""
        results = Path(name) / "results"
        if not results.is_dir():
            return [Listed(name, file_id(name))]
        numbers = sorted(int(path.name) for path in results.iterdir() if path.name.isdecimal())
        return [Listed(str(results / str(number)), Path(name).resolve().name, number) for number in numbers]

    def read(self, listed: Listed) -> Any:
        """Read a file of JSON, whose name may be given without ``.json``, or the files of an inspection's result."""
        if listed.result_number is None:
            return read_file(listed.name)
        result = Path(listed.name)
        return {
            "document_id": listed.document_id,
            "result_number": listed.result_number,
            "specification": read_file(str(result.parent.parent / "build" / "specification")),
            "result": read_file(str(result / "result")),
        }


def file_id(path: str) -> str:
    """Answer the document's id that a file's name tells."""
    return Path(path).name.removesuffix(".json")


def read_file(path: str) -> Any:
    """Read a file of JSON, whose name may be given without ``.json``; raises DocumentError, which names the path."""
    try:
        return json.loads(_existing(path).read_bytes())
    except OSError as error:
        raise DocumentError(f"{path}: the file can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path}: the file holds no JSON: {error}") from error


def _existing(path: str) -> Path:
    with_suffix = Path(f"{path}.json")
    return with_suffix if not Path(path).exists() and with_suffix.exists() else Path(path)
