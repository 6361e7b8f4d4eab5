"""Write ``named.pyi``: the static types of every named query, as the server tells them."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator

import psycopg

from .catalog import Catalog
from .describe import Describer, Description
from .query import Query
from .shape import Column, Groups, Node, Record, Rows, Tuple
from .signature import Parameter, Signature

_HEAD = """\
# Written by `make stubs` from thoth_storages/sql/queries/ and a migrated database; a test holds it current.
from collections.abc import Generator
from datetime import date as date, datetime as datetime
from decimal import Decimal as Decimal
from typing import Any, Literal, TypedDict

from psycopg import Connection

from ..enums import *
from .catalog import Catalog

catalog: Catalog
queries: Queries
"""


def render_stub(catalog: Catalog, connection: psycopg.Connection[object]) -> str:
    """Write the text of the stub; the connection's database has this library's schema."""
    describer = Describer(connection)
    described = {name: describer.describe(query) for name, query in catalog.items()}
    namespaces = {namespace: f"{namespace.title()}Queries" for namespace in catalog.namespaces}
    parts = [_HEAD, *_enumerations(describer, described.values())]
    parts.extend(_record_class(query, described[name]) for name, query in catalog.items() if _record(query))
    parts.append(_class("NamedQueries", "self", catalog.in_namespace(""), described))
    for namespace, class_name in namespaces.items():
        parts.append(
            _class(class_name, "self, connection: Connection[Any]", catalog.in_namespace(namespace), described)
        )
    attributes = [f"    {namespace}: {class_name}" for namespace, class_name in namespaces.items()]
    plain = _class("Queries", "self, connection: Connection[Any]", catalog.in_namespace(""), described)
    return "\n".join([*parts, "\n".join([*plain.split("\n")[:1], *attributes, *plain.split("\n")[1:]])])


def _enumerations(describer: Describer, described: Iterable[Description]) -> Iterator[str]:
    used = {kind.removesuffix(" | None") for description in described for kind in description.columns.values()}
    for name, values in describer.enumerations.items():
        if name in used:
            yield f"{name} = Literal[{', '.join(map(repr, values))}]\n"


def _class(name: str, receiver: str, queries: Iterable[Query], described: dict[str, Description]) -> str:
    methods = [line for query in queries for line in _methods(query, described[query.qualified_name], receiver)]
    return "\n".join([f"class {name}:", *(methods or ["    ..."]), ""])


def _methods(query: Query, description: Description, receiver: str) -> Iterator[str]:
    arguments = _arguments(query, query.header.signature, description, receiver)
    answer = _answer_type(query, description)
    for name in query.names:
        yield from _method(name, arguments, answer, query.documentation)
    shape, arguments = query.header.returns, _arguments(query, query.header.signature.unpaged, description, receiver)
    if shape and isinstance(shape.node, Rows):
        element = _element_type(shape.node, query, description)
        for name in query.source.iterating_names.values():
            yield from _method(name, arguments, f"Generator[{element}, None, None]", query.iterating_documentation)


def _method(name: str, arguments: str, answer: str, documentation: str) -> Iterator[str]:
    """Write a method with its docstring: an editor shows what stands here, as there are no sources to look at."""
    yield f"    def {name}({arguments}) -> {answer}:"
    start = 'r"""' if "\\" in documentation else '"""'
    lines = documentation.split("\n")
    end = '"""' if len(lines) == 1 else ""
    yield f"        {start}{lines[0]}{end}"
    yield from (f"        {line}".rstrip() for line in lines[1:])
    if not end:
        yield '        """'


def _arguments(query: Query, signature: Signature, description: Description, receiver: str) -> str:
    types = {parameter.name: _parameter_type(parameter, query, description) for parameter in signature.parameters}
    rendered = signature.render(types)
    return f"{receiver}, {rendered}" if rendered else receiver


def _parameter_type(parameter: Parameter, query: Query, description: Description) -> str:
    if parameter.is_flag:
        return "bool"
    if parameter.name == "count":
        return "int | None"
    known = description.parameters.get(parameter.name, "bool")
    is_optional = parameter.default == "None" or parameter.name in query.statement.optional
    return f"{known} | None" if is_optional else known


def _answer_type(query: Query, description: Description) -> str:
    shape = query.header.returns
    if shape is None:
        return "int"
    answer = _type(shape.node, query, description)
    can_be_missing = shape.is_single and query.header.raises is None and not description.always_answers
    return f"{answer} | None" if can_be_missing and not answer.endswith("| None") else answer


def _type(node: Node, query: Query, description: Description) -> str:
    match node:
        case Column(name):
            return description.columns[name]
        case Tuple(items):
            return f"tuple[{', '.join(_type(item, query, description) for item in items)}]"
        case Record():
            return _record_name(query)
        case Rows():
            return f"list[{_element_type(node, query, description)}]"
        case Groups(key, value):
            return f"dict[{_type(key, query, description)}, {_type(value, query, description)}]"


def _element_type(rows: Rows, query: Query, description: Description) -> str:
    found = _type(rows.element, query, description)
    return found.removesuffix(" | None") if isinstance(rows.element, Column) else found  # a NULL adds nothing


def _record(query: Query) -> Record | None:
    node = query.header.returns.node if query.header.returns else None
    while isinstance(node, Rows | Groups):
        node = node.element if isinstance(node, Rows) else node.value
    return node if isinstance(node, Record) else None


def _record_name(query: Query) -> str:
    return "".join(word.title() for word in query.name.split("_")) + "Record"


def _record_class(query: Query, description: Description) -> str:
    record = _record(query)
    assert record is not None
    fields = {column.name: description.columns[column.name] for column in record.columns}
    if any(keyword.iskeyword(name) or not name.isidentifier() for name in fields):
        items = ", ".join(f"{name!r}: {kind}" for name, kind in fields.items())
        return f"{_record_name(query)} = TypedDict({_record_name(query)!r}, {{{items}}})\n"
    return "\n".join(
        [f"class {_record_name(query)}(TypedDict):", *(f"    {name}: {kind}" for name, kind in fields.items()), ""]
    )
