"""The header of a named query: its prose and its keys, read strictly.

::

    -- name: get_index_url_from_id$
    -- The address of the Python package index with that id.
    -- params: package_index_id
    -- returns: index_url
    -- raises: NotFoundError

A line that is indented more than its key goes on with it.
"""

from __future__ import annotations

import difflib
import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from .. import exceptions
from ..exceptions import QueryError, ThothStorageExceptionError
from .lexer import Place, Report, refuse
from .shape import Shape, parse_shape
from .signature import Signature, parse_signature
from .statement import refused_alone

KEYS = ("params", "returns", "raises", "cache", "alias", "notnull")

Value = TypeVar("Value")

NAME_LINE = re.compile(r"--\s*name\s*:\s*(?P<name>[A-Za-z_]\w*)\s*(?P<operator>\^|\$|!|)\s*$")
KEY_LINE = re.compile(r"-- ?(?P<key>[a-z_]+):(?: +(?P<value>.*))?$")
_CONTINUATION = re.compile(r"-- {2,}(?P<value>\S.*)$")
_NEARLY_A_KEY = re.compile(r"--\s*(?P<key>\w+)\s*:")


@dataclass(frozen=True)
class CacheLimit:
    """How many answers are kept: the environment variable that says so, and the default."""

    variable: str
    size: int


@dataclass(frozen=True)
class Header:
    """What the comments over a query say."""

    prose: str = ""
    signature: Signature = field(default_factory=Signature)
    returns: Shape | None = None
    raises: type[ThothStorageExceptionError] | None = None
    cache: CacheLimit | None = None
    aliases: tuple[str, ...] = ()
    notnull: frozenset[str] = frozenset()


def parse_header(lines: list[str], place: Place, report: Report = refuse) -> Header:
    """Read the comment lines between ``-- name:`` and the SQL; ``place`` is that of the first of them.

    Raises QueryError, or reports it, for an unknown or doubled key, and for a value that the key doesn't take.
    """
    prose, keys = _split(lines, place, report)

    def value(key: str, read: Callable[[str, Place], Value], default: Value) -> Value:
        try:
            return read(*keys[key]) if key in keys else default
        except QueryError as error:
            report(error)
            return default

    no_names: tuple[str, ...] = ()
    return Header(
        prose="\n".join(prose).strip(),
        signature=value("params", parse_signature, Signature()),
        returns=value("returns", parse_shape, None),
        raises=value("raises", _read_raises, None),
        cache=value("cache", _read_cache, None),
        aliases=value("alias", _read_names, no_names),
        notnull=frozenset(value("notnull", _read_names, no_names)),
    )


def refuse_unknown_key(key: str, place: Place) -> None:
    """Raise QueryError for a ``-- key:`` line outside a header or with an unknown key; it says what may be meant."""
    if key in KEYS:
        raise place.error(
            f"the key {key!r} stands before the first '-- name:' line",
            why="it says something of no query",
            remedy="move it below the '-- name:' line of the query that it is about",
        )
    close = difflib.get_close_matches(key, ("name", *KEYS), n=1)
    meant = f"; did you mean {close[0]!r}?" if close else f"; keys are {', '.join(('name', *KEYS))}"
    raise place.error(f"unknown key {key!r}{meant}", why="what it says would be passed over as a comment")


def _split(lines: list[str], place: Place, report: Report) -> tuple[list[str], dict[str, tuple[str, Place]]]:
    prose: list[str] = []
    keys: dict[str, tuple[str, Place]] = {}
    current: str | None = None
    for number, line in enumerate(lines):
        here = place._replace(line=place.line + number)
        key_line, continuation = KEY_LINE.match(line), _CONTINUATION.match(line)
        try:
            if key_line:
                current = None
                current = _accept(key_line["key"], keys, here)
                keys[current] = ((key_line["value"] or "").strip(), here)
            elif continuation and current:
                value, started = keys[current]
                keys[current] = (f"{value} {continuation['value']}".strip(), started)
            else:
                current = None
                _refuse_nearly_a_key(line, here)
                prose.append(re.sub(r"^-- ?", "", line))
        except QueryError as error:
            report(error)
    return prose, keys


def _refuse_nearly_a_key(line: str, place: Place) -> None:
    if line.startswith("--?"):
        raise refused_alone(place)
    near = _NEARLY_A_KEY.match(line)
    if near and near["key"].lower() in ("name", *KEYS):
        raise place.error(
            f"this line would be prose; a key is written like '-- {near['key'].lower()}: …', in small letters",
            why="the query would be without what it says",
        )


def _accept(key: str, known: dict[str, tuple[str, Place]], place: Place) -> str:
    if key not in KEYS:
        refuse_unknown_key(key, place)
    if key in known:
        raise place.error(
            f"the key {key!r} stands twice in this header",
            why="only one of the two could count",
            remedy="put both into one, with its further lines indented",
        )
    return key


def _read_raises(text: str, place: Place) -> type[ThothStorageExceptionError]:
    error = getattr(exceptions, text, None)
    if not (isinstance(error, type) and issubclass(error, ThothStorageExceptionError)):
        raise place.error(
            f"raises: takes the name of an exception of thoth_storages.exceptions, not {text!r}",
            why="there is nothing to raise when no row is found",
            remedy="write NotFoundError, or leave raises: out to answer nothing",
        )
    return error


def _read_cache(text: str, place: Place) -> CacheLimit:
    match = re.match(r"([A-Z][A-Z0-9_]*) +(\d+)$", text)
    if match is None:
        raise place.error(
            f"cache: takes an environment variable and a default size, not {text!r}",
            why="nobody could say how many answers are kept",
            remedy="write it like 'cache: THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE 8192'",
        )
    return CacheLimit(match[1], int(match[2]))


def _read_names(text: str, place: Place) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        check_name(name, place)
    return names


def check_name(name: str, place: Place) -> None:
    """Raise QueryError for what can't be the name of a Python method or column."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise place.error(
            f"{name!r} is no name of Python's; write names with commas between them",
            why="a method or a key is to have this name",
        )
