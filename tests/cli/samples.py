"""Values for the parameters of any query, right by their types, and by their names where those allow only some."""

from __future__ import annotations

from typing import Any

from thoth_storages.cli.parameters import arguments, bound, kinds_of, required
from thoth_storages.sql.query import Query

SAMPLES = {
    "a whole number": "7",
    "a number": "0.5",
    "a text": "2022",
    "true or false": "true",
    "a moment": "2024-02-29",
}
# An error is of one kind, an integration or a type of stacks one of a few, and dates have a form of their own.
SAMPLES_BY_NAME = {
    "unparseable": "false",
    "source_type": "CLI",
    "software_stack_type": "USER",
    "initial_date": "31-01-2022",
    "final_date": "31-01-2022",
}


def sample(kind: str) -> str:
    """A text that is read as that kind of value."""
    element = kind.partition("(each ")[2]
    if element:
        return f"{sample(element)},"
    return next(text for name, text in SAMPLES.items() if kind.startswith(name))


def sample_values(query: Query, *, is_full: bool) -> dict[str, Any]:
    """All parameters of a query, bound: those with a default have a sample value only where ``is_full``."""
    names = query.header.signature.names if is_full else required(query)
    texts = {name: SAMPLES_BY_NAME.get(name) or sample(kinds_of(query)[name].name) for name in names}
    return bound(query, arguments(query, [f"{name}={text}" for name, text in texts.items()]))
