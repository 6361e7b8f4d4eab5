"""Pictures of the database's schema: PNG, SVG, PDF, or a page to look around in.

>>> draw(schema_of_migrations(), Path("schema.svg"), title="The knowledge graph")

Graphviz lays the tables out, a subject at a time.
"""

from __future__ import annotations

from .catalog import Column, Reference, Schema, Table, read_schema
from .draw import SUFFIXES, chosen, draw
from .sources import schema_of_migrations

__all__ = [
    "SUFFIXES",
    "Column",
    "Reference",
    "Schema",
    "Table",
    "chosen",
    "draw",
    "read_schema",
    "schema_of_migrations",
]
