"""Pieces of Markdown, as MyST reads it."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Iterable, Sequence

_WIDTH = 88

# What stands between backticks is taken as it is.
_CODE = re.compile(r"(`+)(?:.(?!\1))*.\1", re.DOTALL)
_SPECIAL = re.compile(r"[<*]|(?<!\w)_|_(?!\w)")
_EXAMPLE_HEAD = re.compile(r"(?P<said>.*?):?:$", re.DOTALL)
_SECTION_HEAD = re.compile(r"(?P<title>Args|Attributes|Returns|Raises):$")


def target(name: str) -> str:
    """Write the line that lets ``link`` lead to what follows."""
    return f"({name})="


def link(name: str, text: str) -> str:
    """Write a link to a target of any page; the build fails where there is none."""
    return f"[{text}](#{name})"


def code(text: object) -> str:
    """Write a text as code, within a line."""
    said = str(text)
    fence = "``" if "`" in said else "`"
    return f"{fence} {said} {fence}" if fence == "``" else f"{fence}{said}{fence}"


def block(text: str, language: str = "text") -> str:
    """Write a block of code."""
    longest = max(map(len, re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a cell may hold Markdown of one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def call(name: str, parameters: Sequence[str], answer: str | None) -> str:
    """Write a signature, on a line or, where it is long, a parameter a line."""
    arrow = f" -> {answer}" if answer else ""
    line = f"{name}({', '.join(parameters)}){arrow}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {each}," for each in parameters), f"){arrow}"])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def page(*parts: str | None) -> str:
    """Put the parts of a page under each other."""
    return "\n\n".join(part for part in parts if part) + "\n"


def toctree(names: Iterable[str]) -> str:
    """Write the list of pages that stand below this one; it shows in the navigation only."""
    return "\n".join(["```{toctree}", ":hidden:", "", *names, "```"])


def prose(text: str) -> str:
    """Write a text with words in backticks as Markdown that shows it so: a ``<`` is no HTML, a ``*`` no emphasis."""
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(text):
        parts += [_escaped(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: html.escape(match[0]) if match[0] == "<" else f"\\{match[0]}", text)


def docstring(text: str | None) -> str:
    """Write a docstring: its paragraphs, its examples as code, and the lists that describe arguments."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text or "").strip("\n"))
    written: list[str] = []
    is_example = False
    for paragraph in paragraphs:
        is_indented = paragraph.startswith("    ")
        if is_indented and is_example:
            written.append(block(inspect.cleandoc(paragraph), "python"))
            continue
        is_example = paragraph.endswith("::")
        written.append(_paragraph(paragraph))
    return "\n\n".join(part for part in written if part)


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if text.startswith(">>>"):
        return block(text, "pycon")
    if section := _SECTION_HEAD.match(lines[0]):
        return f"{section['title']}:\n\n" + _entries(lines[1:])
    if text.endswith("::") and (head := _EXAMPLE_HEAD.match(text)):
        return prose(f"{head['said'].rstrip()}:") if head["said"].strip() else ""
    return prose(text)


def _entries(lines: Sequence[str]) -> str:
    """Write ``name: what it is`` and lines that go on with it, as a list."""
    entries: list[str] = []
    for line in inspect.cleandoc("\n".join(lines)).split("\n"):
        if line.startswith(" ") and entries:
            entries[-1] += f" {line.strip()}"
        else:
            entries.append(line)
    named = (entry.partition(": ") for entry in entries)
    return "\n".join(f"- {code(name)}: {prose(said)}" for name, _, said in named)
