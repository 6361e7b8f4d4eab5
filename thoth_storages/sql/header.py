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
from dataclasses import dataclass, field

from .. import exceptions
from ..exceptions import ThothStorageExceptionError
from .lexer import Place
from .shape import Shape, parse_shape
from .signature import Signature, parse_signature

KEYS = ("params", "returns", "raises", "cache", "alias", "notnull")

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


def parse_header(lines: list[str], place: Place) -> Header:
    """Read the comment lines between ``-- name:`` and the SQL; ``place`` is that of the first of them.

    Raises QueryError for an unknown or doubled key, and for a value that the key doesn't take.
    """
    prose, keys = _split(lines, place)
    return Header(
        prose="\n".join(prose).strip(),
        signature=parse_signature(*keys["params"]) if "params" in keys else Signature(),
        returns=parse_shape(*keys["returns"]) if "returns" in keys else None,
        raises=_read_raises(*keys["raises"]) if "raises" in keys else None,
        cache=_read_cache(*keys["cache"]) if "cache" in keys else None,
        aliases=_read_names(*keys["alias"]) if "alias" in keys else (),
        notnull=frozenset(_read_names(*keys["notnull"])) if "notnull" in keys else frozenset(),
    )


def refuse_unknown_key(key: str, place: Place) -> None:
    """Raise QueryError for a ``-- key:`` line outside a header or with an unknown key; it says what may be meant."""
    if key in KEYS:
        raise place.error(f"the key {key!r} stands before the first '-- name:' line")
    close = difflib.get_close_matches(key, ("name", *KEYS), n=1)
    meant = f"; did you mean {close[0]!r}?" if close else f"; keys are {', '.join(('name', *KEYS))}"
    raise place.error(f"unknown key {key!r}{meant}")


def _split(lines: list[str], place: Place) -> tuple[list[str], dict[str, tuple[str, Place]]]:
    prose: list[str] = []
    keys: dict[str, tuple[str, Place]] = {}
    current: str | None = None
    for number, line in enumerate(lines):
        here = place._replace(line=place.line + number)
        key_line, continuation = KEY_LINE.match(line), _CONTINUATION.match(line)
        if key_line:
            current = _accept(key_line["key"], keys, here)
            keys[current] = ((key_line["value"] or "").strip(), here)
        elif continuation and current:
            value, started = keys[current]
            keys[current] = (f"{value} {continuation['value']}".strip(), started)
        else:
            current = None
            _refuse_nearly_a_key(line, here)
            prose.append(re.sub(r"^-- ?", "", line))
    return prose, keys


def _refuse_nearly_a_key(line: str, place: Place) -> None:
    if line.startswith("--?"):
        raise place.error("--? stands at the end of the line that it makes optional, not on a line of its own")
    near = _NEARLY_A_KEY.match(line)
    if near and near["key"].lower() in ("name", *KEYS):
        raise place.error(
            f"this line would be prose; a key is written like '-- {near['key'].lower()}: …', in small letters"
        )


def _accept(key: str, known: dict[str, tuple[str, Place]], place: Place) -> str:
    if key not in KEYS:
        refuse_unknown_key(key, place)
    if key in known:
        raise place.error(f"the key {key!r} stands twice in this header")
    return key


def _read_raises(text: str, place: Place) -> type[ThothStorageExceptionError]:
    error = getattr(exceptions, text, None)
    if not (isinstance(error, type) and issubclass(error, ThothStorageExceptionError)):
        raise place.error(f"raises: takes the name of an exception of thoth_storages.exceptions, not {text!r}")
    return error


def _read_cache(text: str, place: Place) -> CacheLimit:
    match = re.match(r"([A-Z][A-Z0-9_]*) +(\d+)$", text)
    if match is None:
        raise place.error(f"cache: takes an environment variable and a default size, not {text!r}")
    return CacheLimit(match[1], int(match[2]))


def _read_names(text: str, place: Place) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        check_name(name, place)
    return names


def check_name(name: str, place: Place) -> None:
    """Raise QueryError for what can't be the name of a Python method or column."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise place.error(f"{name!r} is no name of Python's; write names with commas between them")
