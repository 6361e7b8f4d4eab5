"""The ``params:`` of a query: a Python signature, read without running it."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field, replace

from .lexer import Place

# A method takes these beside the query's own parameters: ours, and aiosql's below it.
_TAKEN = ("self", "connection", "conn", "_query")
_WHY = "the query's method gets this signature"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query."""

    name: str
    keyword_only: bool
    annotation: str | None = None
    default: str | None = None
    """The default as Python text, or None where the parameter is required."""

    @property
    def is_flag(self) -> bool:
        """Whether the parameter switches its optional lines on by being True."""
        return self.default in ("True", "False")

    @property
    def unpaged(self) -> Parameter:
        """The same, or a ``count`` that is None by default."""
        return replace(self, default="None") if self.name == "count" and self.default else self

    def __str__(self) -> str:
        return self.with_type(self.annotation)

    def with_type(self, annotation: str | None) -> str:
        """Write the parameter as it stands in a function's signature, with the type given."""
        typed = f"{self.name}: {annotation}" if annotation else self.name
        if self.default is None:
            return typed
        return f"{typed} = {self.default}" if annotation else f"{typed}={self.default}"


@dataclass(frozen=True)
class Signature:
    """The parameters of a query, in order."""

    parameters: tuple[Parameter, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def unpaged(self) -> Signature:
        """The same, but ``count`` is None by default: everything."""
        return Signature(tuple(parameter.unpaged for parameter in self.parameters))

    def __str__(self) -> str:
        return self.render({})

    def render(self, types: dict[str, str]) -> str:
        """Write the signature as Python has it between its brackets; ``types`` stand in for missing annotations."""
        parts: list[str] = []
        starred = False
        for parameter in self.parameters:
            if parameter.keyword_only and not starred:
                parts.append("*")
                starred = True
            parts.append(parameter.with_type(parameter.annotation or types.get(parameter.name)))
        return ", ".join(parts)


def parse_signature(text: str, place: Place) -> Signature:
    """Read ``params:``; raises QueryError for what isn't a plain Python signature of named parameters."""
    source = f"def query({text}): pass"
    try:
        definition = ast.parse(source).body[0]
    except SyntaxError as error:
        raise place.error(
            f"params: isn't a Python signature ({error.msg}): {text}",
            why=_WHY,
            remedy="write what stands between the brackets of a Python function, like 'package_name, *, os_name=None'",
        ) from None
    assert isinstance(definition, ast.FunctionDef)
    arguments = definition.args
    if arguments.vararg or arguments.kwarg or arguments.posonlyargs or definition.returns:
        raise place.error(
            "params: takes named parameters only, no *args, **kwargs, / or ->",
            why="each parameter of the SQL is bound by its name",
            remedy="name the parameters; those after a bare * are keyword-only",
        )
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + list(arguments.defaults)
    positional = [*zip(arguments.args, defaults, strict=True)]
    named = [*zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    _check_names([argument.arg for argument, _ in positional + named], place)
    _check_defaults(positional + named, place)
    return Signature(
        tuple(
            Parameter(
                argument.arg, number >= len(positional), _text(argument.annotation, source), _text(default, source)
            )
            for number, (argument, default) in enumerate(positional + named)
        )
    )


def _check_names(names: list[str], place: Place) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise place.error(f"params: lists {name!r} twice", why=_WHY, remedy="leave one of the two out")
        if name in _TAKEN:
            raise place.error(
                f"params: can't list {name!r}, as every method takes one of that name already",
                why="a call couldn't tell them apart",
                remedy="name the parameter by what it holds, here and in the SQL",
            )


def _check_defaults(parameters: list[tuple[ast.arg, ast.expr | None]], place: Place) -> None:
    for argument, default in parameters:
        try:
            hash(None if default is None else ast.literal_eval(default))
        except (ValueError, TypeError):
            raise place.error(
                f"params: the default of {argument.arg!r} must be a constant",
                why="nothing is run to read a header, and answers are kept by their arguments",
                remedy="write None, a number, a text, True or False",
            ) from None


def _text(node: ast.expr | None, source: str) -> str | None:
    """Cut out what a node was read from; ast.unparse would take longer than all the rest of loading a query."""
    return None if node is None else source.encode()[node.col_offset : node.end_col_offset].decode()
