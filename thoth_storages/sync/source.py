"""Where documents come from: what is listed, which documents that stands for, and their content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..documents.inspection_files import (
    SPECIFICATION,
    folder_inspection_id,
    folder_result_numbers,
    inspection_documents,
    result_name,
)
from ..exceptions import DocumentError

Document = dict[str, Any]


class Listed(NamedTuple):
    """A document before it is read."""

    name: str
    """The id or the path, as it was given or listed."""
    document_id: str
    """The document's id, as far as the name tells; that of a file may be another one."""
    result_number: int | None = None
    """Which of an inspection's results it is; their name is the inspection's."""

    @property
    def identity(self) -> tuple[str, int | None]:
        """Which document it is, by whatever name."""
        return self.document_id, self.result_number

    @property
    def label(self) -> str:
        """The name, and which result it is."""
        return self.name if self.result_number is None else f"{self.name}, result {self.result_number}"


class Source(Protocol):
    """Where the documents of a kind come from."""

    def listing(self) -> Iterable[str]:
        """Answer the names of all documents; raises ValueError where they can't be listed."""
        ...

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the documents that a name stands for: one, or an inspection's results; raises DocumentError."""
        ...

    def read(self, listed: Listed) -> Any:
        """Read a document; raises DocumentError, which names the place, for what can't be read."""
        ...


class Files:
    """Documents in local files, by their paths."""

    def listing(self) -> Iterable[str]:
        """Raise ValueError: files aren't guessed."""
        raise ValueError("Files are synced by their paths: is_local=True (--local) needs document_ids")

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the document in the file."""
        return [Listed(name, file_id(name))]

    def read(self, listed: Listed) -> Any:
        """Read a file of JSON, whose name may be given without ``.json``."""
        return read_file(listed.name)


class InspectionFiles(Files):
    """Inspections in local folders, as Amun writes them; a result may be in a file of its own as well."""

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the results in the folder."""
        folder = Path(name)
        if not folder.is_dir():
            return super().expand(name)
        if not (folder / SPECIFICATION).exists():
            raise DocumentError(f"{name}: the folder of an inspection is needed, but there is no {SPECIFICATION} in it")
        inspection_id = folder_inspection_id(folder)
        return [Listed(name, inspection_id, number) for number in folder_result_numbers(folder)]

    def read(self, listed: Listed) -> Any:
        """Read the files of a result."""
        if listed.result_number is None:
            return super().read(listed)
        folder, number = Path(listed.name), listed.result_number
        specification = read_file(str(folder / SPECIFICATION))
        results = [(number, read_file(str(folder / result_name(number))))]
        return next(inspection_documents(listed.document_id, specification, results))


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
