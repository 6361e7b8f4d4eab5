"""``-p name=value``: the arguments of a query as they are given on the command line."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import click

from ..sql.catalog import STUB
from ..sql.query import Query
from ..sql.signature import Parameter
from .completing import parameter_names
from .kinds import Kind, kind_of

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTION = "'-p' / '--param'"


def parameter_option(function: Function) -> Function:
    """Add ``-p name=value`` to a command, whose parameter ``params`` then is a tuple of texts."""
    option = click.option(
        "-p",
        "--param",
        "params",
        multiple=True,
        metavar="NAME=VALUE",
        shell_complete=parameter_names,
        help="An argument; see above.",
    )
    return option(function)


def arguments(query: Query, given: Sequence[str]) -> dict[str, Any]:
    """Read the ``name=value`` texts as arguments of a query.

    Raises BadParameter, which names what would be right, for a name or a value that the query doesn't take.
    """
    texts = _by_name(given)
    kinds = kinds_of(query)
    for name in texts:
        if name not in kinds:
            raise _refused(f"{query.name} takes no {name!r}{_meant(name, list(kinds))}")
    return {name: _read(query, name, text, kinds[name]) for name, text in texts.items()}


def bound(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer all parameters of a query, with defaults and normalised; raises BadParameter for wrong ones."""
    if missing := [name for name in required(query) if name not in given]:
        kinds = kinds_of(query)
        wanted = ", ".join(f"-p {name}=… ({kinds[name].name})" for name in missing)
        raise _refused(f"{query.name} needs {wanted}")
    try:
        return query.parameters(**given)
    except (TypeError, ValueError) as error:
        raise _refused(str(error)) from error


def required(query: Query) -> list[str]:
    """Name the parameters that have no default."""
    return [parameter.name for parameter in query.header.signature.parameters if parameter.default is None]


def chosen(query: Query, parameters: Mapping[str, Any]) -> list[str]:
    """Name those of the parameters that keep their optional lines: flags that are True, others that aren't None."""
    flags = {parameter.name for parameter in query.header.signature.parameters if parameter.is_flag}
    return [name for name, value in parameters.items() if (value is True if name in flags else value is not None)]


def kinds_of(query: Query) -> dict[str, Kind]:
    """Say which kind of value each parameter takes, by its annotation in the header, in the stub, or by its default."""
    known = _stub_annotations(_class_name(query)).get(query.name, {})
    return {
        parameter.name: kind_of(parameter.annotation or known.get(parameter.name) or _annotation_by_default(parameter))
        for parameter in query.header.signature.parameters
    }


def _by_name(given: Sequence[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not (name and equals):
            raise _refused(f"{each!r} is no NAME=VALUE")
        if name in texts:
            raise _refused(f"{name} is given twice; several values of one parameter have commas between them")
        texts[name] = value
    return texts


def _read(query: Query, name: str, text: str, kind: Kind) -> Any:
    try:
        return kind.read(text)
    except ValueError:
        raise _refused(f"{name} of {query.name} takes {kind.name}, not {text!r}") from None


def _meant(name: str, known: list[str]) -> str:
    if close := difflib.get_close_matches(name, known, n=1):
        return f"; did you mean {close[0]!r}?"
    return f"; it takes {', '.join(known)}" if known else "; it takes no parameters at all"


def _refused(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint=_OPTION)


def _annotation_by_default(parameter: Parameter) -> str:
    if parameter.is_flag:
        return "bool"
    default = ast.literal_eval(parameter.default or "None")
    kind = "str" if default is None else type(default).__name__
    return kind if parameter.default is None else f"{kind} | None"


def _class_name(query: Query) -> str:
    namespace = query.qualified_name.rpartition(".")[0]
    return f"{namespace.title()}Queries" if namespace else "NamedQueries"


@cache
def _stub_annotations(class_name: str) -> dict[str, dict[str, str]]:
    """Read the annotations of one class of the stub, by method and parameter."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == class_name)
    return {
        method.name: {
            argument.arg: ast.unparse(argument.annotation)
            for argument in (*method.args.args, *method.args.kwonlyargs)
            if argument.annotation
        }
        for each in classes
        for method in each.body
        if isinstance(method, ast.FunctionDef)
    }
