"""All pages of the reference."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from scripts.docs_reference import commands, exceptions, python, queries, schema, variables
from scripts.docs_reference.catalog_facts import Facts

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def all_pages(facts: Facts | None = None) -> dict[PurePosixPath, str]:
    """Write every page of the reference; ``facts`` on the schema spare the server that is asked for them otherwise."""
    written: dict[PurePosixPath, str] = {}
    for subject in (queries, variables, commands, python, exceptions):
        written |= subject.pages()
    return written | schema.pages(facts)


def save(pages: dict[PurePosixPath, str], folder: Path = FOLDER) -> None:
    """Write pages into a folder, in the place of what is there; a page that says the same keeps its time."""
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    _remove_others({folder / path for path in pages}, folder)


def _remove_others(kept: set[Path], folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)
