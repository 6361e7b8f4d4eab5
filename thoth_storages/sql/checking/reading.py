"""Read files of queries for a check: every mistake is noted, none ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ...exceptions import QueryError
from ..adapter import PsycopgAdapter
from ..catalog import QUERIES_FOLDER
from ..header import NAME_LINE
from ..lexer import Place
from ..source import Source, read_text, text_of
from .session import Session
from .subject import Checked, CheckedFile, Subject

Reserve = Callable[[Source, list[str]], None]


def packaged_files() -> list[Path]:
    """All files of queries of this package."""
    return sorted(QUERIES_FOLDER.rglob("*.sql"))


def read(paths: Iterable[Path], session: Session) -> Checked:
    """Read files; raises OSError for one that can't be read at all."""
    paths = list(dict.fromkeys(paths))
    chosen = {path.resolve() for path in paths}
    is_whole = chosen >= set(packaged_files())
    names: dict[Path, PsycopgAdapter] = {}
    if any(map(_is_packaged, paths)):
        names[QUERIES_FOLDER] = _names_of(set(packaged_files()) - chosen)
    files = []
    for path in paths:
        root = QUERIES_FOLDER if _is_packaged(path) else path.parent
        files.append(_read_file(path, names.setdefault(root, PsycopgAdapter()), session))
    return Checked(files, session, is_whole)


def _read_file(path: Path, names: PsycopgAdapter, session: Session) -> CheckedFile:
    problems: dict[str, QueryError] = {}

    def report(problem: QueryError) -> None:
        problems.setdefault(str(problem), problem)

    try:
        text = text_of(path)
    except QueryError as error:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        return CheckedFile(path, _namespace(path), lines, [error])
    file = CheckedFile(path, _namespace(path), text.split("\n"), [])
    for source in read_text(text, str(path), report):
        try:
            names.add(source, [file.namespace] if file.namespace else [])
            file.queries.append(Subject(file, source, session))
        except QueryError as error:
            report(error)
    file.problems += problems.values()
    return file


def _names_of(paths: set[Path]) -> PsycopgAdapter:
    """Take up the names in files that aren't checked; reading these properly would take longer than the check."""
    names = PsycopgAdapter()
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
            if match := NAME_LINE.match(line):
                namespace = _namespace(path)
                qualified = f"{namespace}.{match['name']}" if namespace else match["name"]
                names.places.setdefault(qualified, Place(str(path), number))
    return names


def _is_packaged(path: Path) -> bool:
    return path.resolve().is_relative_to(QUERIES_FOLDER)


def _namespace(path: Path) -> str:
    if not _is_packaged(path):
        return ""
    return ".".join(path.resolve().relative_to(QUERIES_FOLDER).parent.parts)
