"""Kinds of values: what a parameter's annotation says of the texts that are given for it on the command line.

``null`` is no value, where the annotation allows that. A text in double quotes is that text whatever it looks like: so
are a text ``null`` and, in a list, a comma given.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from .. import enums

_ITEM = re.compile(r'\s*(?P<quoted>"(?:[^"\\]|\\.)*")\s*(?:,|$)|(?P<bare>[^,]*)(?:,|$)')
_COLLECTIONS: dict[str, type[frozenset[Any] | set[Any] | list[Any]]] = {
    "frozenset": frozenset,
    "set": set,
    "list": list,
}
_BOOLEANS = {**dict.fromkeys(("true", "yes", "on", "1"), True), **dict.fromkeys(("false", "no", "off", "0"), False)}


@dataclass(frozen=True)
class Kind:
    """A kind of value: its name in a sentence, and how a text is read as one; ValueError is raised for a wrong text."""

    name: str
    read: Callable[[str], Any]


def kind_of(annotation: str) -> Kind:
    """Say which kind of value a Python annotation like ``int | None`` means."""
    return _kind(ast.parse(annotation, mode="eval").body)


def _kind(node: ast.expr) -> Kind:
    match node:
        case ast.BinOp(op=ast.BitOr()):
            return _union(list(_members(node)))
        case ast.Constant(value=None):
            return Kind("null", _null)
        case ast.Subscript(value=ast.Name(id=collection), slice=element) if collection in _COLLECTIONS:
            return _collection(_COLLECTIONS[collection], _kind(element))
        case ast.Name(id=name):
            return _named(name)
    return _SCALARS["str"]


def _members(node: ast.expr) -> Iterable[ast.expr]:
    if isinstance(node, ast.BinOp):
        yield from _members(node.left)
        yield from _members(node.right)
    else:
        yield node


def _union(members: list[ast.expr]) -> Kind:
    kinds = list(map(_kind, members))
    # as a text, null could be anything
    null_first = sorted(kinds, key=lambda kind: kind.name != "null")

    def read(text: str) -> Any:
        for kind in null_first:
            try:
                return kind.read(text)
            except ValueError:
                continue
        raise ValueError(text)

    return Kind(" or ".join(kind.name for kind in kinds), read)


def _collection(make: Callable[[Iterable[Any]], Any], element: Kind) -> Kind:
    return Kind(
        f"values with commas between them (each {element.name})", lambda text: make(map(element.read, _items(text)))
    )


def _items(text: str) -> list[str]:
    return [match["quoted"] or match["bare"].strip() for match in _ITEM.finditer(text) if match.group()]


def _named(name: str) -> Kind:
    enumeration = getattr(enums, name, None)
    if isinstance(enumeration, type) and issubclass(enumeration, Enum):
        values = {str(member.value): member for member in enumeration}
        return Kind("one of " + ", ".join(values), lambda text: _choose(values, text))
    return _SCALARS.get(name, _SCALARS["str"])


def _choose(values: dict[str, Any], text: str) -> Any:
    if text not in values:
        raise ValueError(text)
    return values[text]


def _null(text: str) -> None:
    if text != "null":
        raise ValueError(text)


def _text(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _boolean(text: str) -> bool:
    return bool(_choose(_BOOLEANS, text.lower()))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    # as everywhere in the graph: UTC, without a time zone
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


_SCALARS = {
    "str": Kind("a text", _text),
    "int": Kind("a whole number", int),
    "float": Kind("a number", float),
    "Decimal": Kind("a number", _decimal),
    "bool": Kind("true or false", _boolean),
    "datetime": Kind("a moment in UTC like 2024-02-29T12:30", _moment),
    "date": Kind("a day like 2024-02-29", dt.date.fromisoformat),
}
