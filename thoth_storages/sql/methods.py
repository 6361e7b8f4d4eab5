"""Make classes out of a catalog: a real method a query, with the signature and the docstring of its header."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .binding import define
from .catalog import Catalog
from .query import Query

Methods = dict[str, Callable[..., Any]]


def pooled_methods(queries: Iterable[Query]) -> Methods:
    """Make the methods of a class that has connections of its own, and ``_answer(query, arguments)`` to use them."""
    return _methods(queries, "self", "self._answer(_query, ({positional}), {{{named}}})")


def plain_methods(queries: Iterable[Query]) -> Methods:
    """Make the methods of a class whose callers bring the connection."""
    return _methods(queries, "self, connection", "_query(connection, {both})")


def query_objects(catalog: Catalog, class_name: str) -> Any:
    """Make an object that holds each query as a method, and each sub-folder as an attribute of its own."""
    members: dict[str, Any] = dict(plain_methods(catalog.in_namespace("")))
    for namespace in catalog.namespaces:
        inner = type(f"{namespace.title()}{class_name}", (), dict(plain_methods(catalog.in_namespace(namespace))))
        members[namespace] = inner()
    return type(class_name, (), members)()


def _methods(queries: Iterable[Query], receiver: str, call: str) -> Methods:
    return {name: _method(name, query, receiver, call) for query in queries for name in query.names}


def _method(name: str, query: Query, receiver: str, call: str) -> Callable[..., Any]:
    signature = query.header.signature
    positional = "".join(f"{each.name}, " for each in signature.parameters if not each.keyword_only)
    named = [each.name for each in signature.parameters if each.keyword_only]
    body = call.format(
        positional=positional,
        named=", ".join(f"{each!r}: {each}" for each in named),
        both=positional + ", ".join(f"{each}={each}" for each in named),
    )
    head = f"{receiver}, {signature}" if signature.parameters else receiver
    function = define(f"def {name}({head}): return {body}", name, {"_query": query}, query.source.place)
    function.__doc__ = query.documentation
    return function
