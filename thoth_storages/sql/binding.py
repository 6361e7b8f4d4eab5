"""Make functions out of signatures: values are normalised by the *names* of the parameters that bring them."""

from __future__ import annotations
import __future__

import re
from collections.abc import Callable, Mapping
from typing import Any

from .. import normalize
from .lexer import Place
from .signature import Parameter, Signature

# The first pattern that matches a parameter's whole name decides; a name without a match brings its value as it is.
_NORMALIZERS: tuple[tuple[str, str], ...] = (
    (r"(?!rpm_|deb_)(\w+_)?package_name|dependency_name", "normalize_package_name({0})"),
    (r"(?!rpm_|deb_)(\w+_)?package_version|dependency_version", "normalize_package_version({0})"),
    (r"index_url|url", "normalize_index_url({0})"),
    (r"os_name", "normalize_os_name({0})"),
    (r"os_version", "normalize_os_version(os_name, {0})"),
    (r"extras", "normalize_extras({0})"),
    (r"unparseable", "check_kind_of_error({0}, unsolvable)"),
    (r"source_type", "check_source_type({0})"),
    (r"software_stack_type", "check_software_stack_type({0}, is_external)"),
    (r"start_offset|count", "check_natural({0!r}, {0})"),
    (r"initial_date|final_date", "read_date({0})"),
    (r"timestamp|(\w+_)?datetime|last_run_(before|after)", "naive_utc({0})"),
)

_ANNOTATIONS_AS_TEXT = __future__.annotations.compiler_flag


def binder(name: str, signature: Signature) -> Callable[..., dict[str, Any]]:
    """Make a function with that signature that answers its arguments by name, normalised."""
    items = ", ".join(f"{parameter.name!r}: {_expression(parameter, signature)}" for parameter in signature.parameters)
    source = f"def {name}({_without_annotations(signature)}): return {{{items}}}"
    return define(source, name, vars(normalize), Place("<binding of a query>", 1))


def define(source: str, name: str, scope: Mapping[str, Any], place: Place) -> Callable[..., Any]:
    """Compile one function so that a traceback through it points at ``place``, the query's name in its file."""
    namespace = dict(scope)
    code = compile("\n" * (place.line - 1) + source, place.path, "exec", flags=_ANNOTATIONS_AS_TEXT, dont_inherit=True)
    exec(code, namespace)
    function: Callable[..., Any] = namespace[name]
    return function


def refused_parameter(signature: Signature, arguments: Mapping[str, Any]) -> str | None:
    """Name the parameter whose argument is refused, or answer None when each is fine."""
    for parameter in signature.parameters:
        try:
            eval(_expression(parameter, signature), vars(normalize), dict(arguments))
        except (TypeError, ValueError):
            return parameter.name
    return None


def _expression(parameter: Parameter, signature: Signature) -> str:
    for pattern, expression in _NORMALIZERS:
        if re.fullmatch(pattern, parameter.name):
            if parameter.name == "os_version" and "os_name" not in signature.names:
                return "normalize_os_version(None, os_version)"
            return expression.format(parameter.name)
    return f"check_flag({parameter.name})" if parameter.is_flag else parameter.name


def _without_annotations(signature: Signature) -> str:
    bare = [Parameter(each.name, each.keyword_only, None, each.default) for each in signature.parameters]
    return str(Signature(tuple(bare)))
