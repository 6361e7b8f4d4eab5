"""Make classes out of a catalog: a real method a query, with the signature and the docstring of its header.

A list that is only read may be too long to stand in memory, so each such query has a second method, which yields the
list's elements. One rule names it: the verb ``get`` or ``retrieve`` becomes ``iterate``.

================================================  ==============================================
the list                                          its elements, one by one
================================================  ==============================================
``get_python_packages_all``                       ``iterate_python_packages_all``
``retrieve_transitive_dependencies_python``       ``iterate_transitive_dependencies_python``
``get_solved_python_packages_all``, an alias      ``iterate_solved_python_packages_all``
``_get_btree_indexes``, for this library only     ``_iterate_btree_indexes``
================================================  ==============================================

It takes the same arguments, only that ``count`` is None by default, which is everything, and it asks the database also
where the query keeps its answers. What it answers is a generator: ``for row in graph.iterate_python_packages_all():``.
Its connection is free again after the last element, after ``close()``, or when nobody holds the generator any more.
A loader refuses a query that takes the name of such a method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .binding import define
from .catalog import Catalog
from .query import Query
from .signature import Signature

Methods = dict[str, Callable[..., Any]]


def pooled_methods(queries: Iterable[Query]) -> Methods:
    """Make the methods of a class that has connections of its own.

    It has ``_answer(query, positional, named)`` and ``_iterate(query, positional, named)`` to use them.
    """
    arguments = "(_query, ({positional}), {{{named}}})"
    return _methods(queries, "self", f"self._answer{arguments}", f"self._iterate{arguments}")


def plain_methods(queries: Iterable[Query]) -> Methods:
    """Make the methods of a class whose callers bring the connection."""
    iterate = "_query.iterate(connection, _query.parameters({both}))"
    return _methods(queries, "self, connection", "_query(connection, {both})", iterate)


def query_objects(catalog: Catalog, class_name: str) -> Any:
    """Make an object that holds each query as a method, and each sub-folder as an attribute of its own."""
    members: dict[str, Any] = dict(plain_methods(catalog.in_namespace("")))
    for namespace in catalog.namespaces:
        inner = type(f"{namespace.title()}{class_name}", (), dict(plain_methods(catalog.in_namespace(namespace))))
        members[namespace] = inner()
    return type(class_name, (), members)()


def _methods(queries: Iterable[Query], receiver: str, call: str, iterate: str) -> Methods:
    methods: Methods = {}
    for query in queries:
        signature, iterating = query.header.signature, query.header.signature.unpaged
        for name in query.names:
            methods[name] = _method(name, query, signature, receiver, call, query.documentation)
        for name in query.source.iterating_names.values():
            methods[name] = _method(name, query, iterating, receiver, iterate, query.iterating_documentation)
    return methods


def _method(
    name: str, query: Query, signature: Signature, receiver: str, call: str, documentation: str
) -> Callable[..., Any]:
    positional = "".join(f"{each.name}, " for each in signature.parameters if not each.keyword_only)
    named = [each.name for each in signature.parameters if each.keyword_only]
    body = call.format(
        positional=positional,
        named=", ".join(f"{each!r}: {each}" for each in named),
        both=positional + ", ".join(f"{each}={each}" for each in named),
    )
    head = f"{receiver}, {signature}" if signature.parameters else receiver
    function = define(f"def {name}({head}): return {body}", name, {"_query": query}, query.source.place)
    function.__doc__ = documentation
    return function
