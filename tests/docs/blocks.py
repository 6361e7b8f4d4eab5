"""The blocks of code in the pages that people write, and how the ones that can run are run."""

from __future__ import annotations

import doctest
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if path.relative_to(DOCS).parts[0] not in ("reference", "checks"))

_FENCE = re.compile(
    r"(?P<note><!-- not run: [^\n]+ -->\n)?^(?P<fence>`{3,})(?:\{code-block\} )?(?P<language>[a-z]+)\n"
    r"(?::caption: (?P<caption>\S+)\n\n)?(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A block of code: its language, the file that it is to be saved as, and the line where it begins."""

    path: Path
    line: int
    language: str
    caption: str | None
    is_run: bool
    text: str


def blocks(path: Path) -> list[Block]:
    """The blocks of a page; those with a caption are files, those after "not run: why" stay as they are."""
    page = path.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(page):
        line = page.count("\n", 0, match.start("text")) + 1
        is_run = match["note"] is None and match["caption"] is None
        found.append(Block(path, line, match["language"], match["caption"], is_run, match["text"]))
    return found


def run(block: Block, scope: dict[str, Any]) -> None:
    """Run a block of Python in the scope of its page; an error names the page's line."""
    if block.language == "python":
        code = "\n" * (block.line - 1) + block.text
        exec(compile(code, str(block.path), "exec", dont_inherit=True), scope)
    elif block.language == "pycon":
        # what it prints is compared with what the page shows
        name = block.path.name
        test = doctest.DocTestParser().get_doctest(block.text, scope, name, str(block.path), block.line - 1)
        flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
        doctest.DebugRunner(verbose=False, optionflags=flags).run(test, clear_globs=False)
        scope.update(test.globs)


def module_for(path: Path) -> ModuleType:
    """A module that a page's classes can say they are of."""
    return ModuleType(f"page_{path.stem.replace('-', '_')}")
