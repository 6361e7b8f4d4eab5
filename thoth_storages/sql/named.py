"""The named queries as Python: ``NamedQueries`` for classes with connections of their own, ``queries`` for yours.

Everything here is derived from the files in ``queries/``; ``named.pyi`` beside this file holds the types.
"""

from __future__ import annotations

from .catalog import Catalog
from .methods import pooled_methods, query_objects

catalog = Catalog()
NamedQueries = type("NamedQueries", (), dict(pooled_methods(catalog.in_namespace(""))))
queries = query_objects(catalog, "Queries")
