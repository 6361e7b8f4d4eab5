"""The page on exceptions: the tree, and what each means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.docs_reference import markdown as md
from thoth_storages import exceptions
from thoth_storages.exceptions import ThothStorageExceptionError

_INTRODUCTION = """\
All that this library raises on purpose is a `ThothStorageExceptionError`; a message says what happened, where, and what
to do. A wrong argument is a `ValueError` or `TypeError`, as everywhere in Python, and what PostgreSQL says beyond that
is an error of psycopg. They are in `thoth_storages.exceptions`; those that services catch can be imported from
`thoth_storages` as well."""


def all_exceptions() -> list[type[ThothStorageExceptionError]]:
    """Answer the exceptions, each after the one that it derives from."""
    return list(_with_those_below(ThothStorageExceptionError))


def pages() -> dict[PurePosixPath, str]:
    """Write the page."""
    found = all_exceptions()
    tree = "\n".join("    " * _depth(each) + each.__name__ for each in found)
    return {PurePosixPath("exceptions.md"): md.page("# Exceptions", _INTRODUCTION, md.block(tree), *map(_entry, found))}


def exception_link(name: str) -> str:
    """Write a link to an exception."""
    return md.link(f"exception-{name}", md.code(name))


def _with_those_below(error: type[ThothStorageExceptionError]) -> Iterator[type[ThothStorageExceptionError]]:
    yield error
    for each in vars(exceptions).values():
        if isinstance(each, type) and each.__bases__[0] is error:
            yield from _with_those_below(each)


def _depth(error: type[ThothStorageExceptionError]) -> int:
    return sum(issubclass(each, ThothStorageExceptionError) for each in error.__mro__[1:])


def _entry(error: type[ThothStorageExceptionError]) -> str:
    builtin = [base.__name__ for base in error.__bases__[1:]]
    also = f" It is a {' and a '.join(map(md.code, builtin))} as well." if builtin else ""
    return f"{md.target(f'exception-{error.__name__}')}\n## {error.__name__}\n\n{md.docstring(error.__doc__)}{also}"
