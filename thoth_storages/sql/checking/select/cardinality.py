"""Why a query answers one row at most: what in its text, and in the tables' keys, holds it.

Which row LIMIT 1 lets through is another question, which ``limits`` answers.
"""

from __future__ import annotations

from pglast import parse_sql

from ..facts.schema import Schema
from .reader import SelectReader


def one_row(text: str, schema: Schema) -> str | None:
    """Say what keeps a statement from answering more than one row; None where nothing does."""
    reasons = SelectReader(schema).one_row(parse_sql(text)[0].stmt)
    return None if reasons is None else ", ".join(dict.fromkeys(reasons))
