"""Sections on classes and functions: signature, docstring, and the methods that a class brings along."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from scripts.docs_reference import markdown as md

_STARS: dict[inspect._ParameterKind, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}


def target_of(name: str) -> str:
    """Name the target that stands before a class or a function."""
    return f"python-{name}"


def python_link(name: str) -> str:
    """Write a link to a class or a function."""
    return md.link(target_of(name), md.code(name))


def section(described: Callable[..., Any]) -> Iterator[str]:
    """Write the section on a class or a function."""
    name = described.__name__
    yield f"{md.target(target_of(name))}\n## {name}"
    if isinstance(described, type) and issubclass(described, Enum):
        yield md.docstring(described.__doc__)
        yield ", ".join(md.code(member.name) for member in described)
        return
    yield md.block(call(name, described), "python")
    yield md.docstring(described.__doc__)
    if isinstance(described, type):
        yield from _constants(described)
        yield from members(described)


def members(described: type) -> Iterator[str]:
    """Write the methods and properties that a class itself defines, as entries of a list."""
    for name, member in vars(described).items():
        function = member.__func__ if isinstance(member, staticmethod | classmethod) else member
        if name.startswith("_"):
            continue
        if isinstance(function, property):
            yield _entry(name, function.__doc__)
        elif inspect.isfunction(function):
            yield _entry(call(name, function), function.__doc__)


def call(name: str, function: Callable[..., Any]) -> str:
    """Write the signature of a function, or of the class that is called."""
    signature = inspect.signature(function)
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not any(part.startswith("*") for part in parts):
            parts.append("*")
        parts.append(_parameter(parameter))
    is_class = isinstance(function, type) or signature.return_annotation is signature.empty
    return md.call(name, parts, None if is_class else _annotation(signature.return_annotation))


def _entry(head: str, docstring: str | None) -> str:
    said = md.docstring(docstring).replace("\n", "\n  ")
    return f"{md.code(' '.join(head.split()).replace('( ', '(').replace(', )', ')'))}\n: {said}"


def _constants(described: type) -> Iterator[str]:
    constants = [f"{name} = {value!r}" for name, value in vars(described).items() if _is_constant(name, value)]
    if constants:
        yield md.block("\n".join(constants), "python")


def _is_constant(name: str, value: object) -> bool:
    return name.isupper() and not name.startswith("_") and isinstance(value, str | int)


def _parameter(parameter: inspect.Parameter) -> str:
    text = f"{_STARS.get(parameter.kind, '')}{parameter.name}"
    if parameter.annotation is not parameter.empty:
        text += f": {_annotation(parameter.annotation)}"
    if parameter.default is parameter.empty:
        return text
    default = parameter.default.__name__ if inspect.isfunction(parameter.default) else repr(parameter.default)
    return f"{text} = {default}" if parameter.annotation is not parameter.empty else f"{text}={default}"


def _annotation(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
