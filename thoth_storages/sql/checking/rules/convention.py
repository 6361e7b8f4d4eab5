"""A query's name says what it answers: its shape fits the name, lists have pages, and filters are keyword-only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...shape import Column, Groups, Node, Record, Rows, Tuple
from ..finding import Finding
from ..older_names import OLDER
from ..subject import Subject

NAME = "convention"


class _Convention(NamedTuple):
    """What the names of one pattern promise."""

    pattern: re.Pattern[str]
    form: str
    kinds: tuple[str, ...]
    """The kinds of shape that keep the promise, as ``_kind`` names them."""

    @property
    def is_of_one_record(self) -> bool:
        """Whether a list is of the values of one record, so that it has no pages."""
        return "record" in self.kinds


# The first pattern that matches decides, so the more special ones come first.
_CONVENTIONS = tuple(
    _Convention(re.compile(pattern), form, tuple(kinds.split(", ")))
    for pattern, form, kinds in (
        (r"get_\w+_count_all", "get_<objects>_count_all answers a number, like 'count'", "value"),
        (
            r"get_\w+_count_per_\w+",
            "get_<objects>_count_per_<attribute> answers {attribute: {rest: count}}, or {attribute: count}",
            "dict of dicts, dict of values",
        ),
        (r"get_\w+_count", "get_<objects>_count answers {object: count}", "dict of values"),
        (r"get_\w+_all_\w+", "get_<objects>_all_<attribute> answers {attribute: [rest]}", "dict of lists"),
        (r"get_\w+_all", "get_<objects>_all answers a list of values or tuples, like [package_name]", "list, records"),
        (r"get_\w+_per_\w+", "get_<objects>_per_<attribute> answers {attribute: [rest]}", "dict of lists"),
        (r"get_\w+", "get_<object> answers one record, like {id, url}, or a list of values", "record, list, value"),
        (r"\w+_exists", "<object>_exists answers one value", "value"),
        (r"(has|is)_\w+", "has_… and is_… answer one value", "value"),
        (r"update_\w+_on_\w+", "update_<objects>_on_<attribute> answers one value", "value"),
    )
)
_FORMS = "get_…, …_exists, has_…, is_… or update_…_on_…"

# A package is these three, in this order; they may be given by position.
_PACKAGE = ("package_name", "package_version", "index_url")
_OF_PARAMETERS = {"page", "keyword", "default"}
"""What an alias breaks just as the name does."""
_PAGE = {"start_offset": "0", "count": "100"}


def check_query(query: Subject) -> Iterator[Finding]:
    """Find what breaks the convention; queries for this library only, ``_…`` and those of sub-folders, are free."""
    if query.file.namespace:
        return
    said: set[str] = set()
    for name in query.source.names:
        if not name.startswith("_"):
            allowed = OLDER.get(name, frozenset()) | said
            found = [(kind, finding) for kind, finding in _findings(query, name) if kind not in allowed]
            yield from (finding for _, finding in found)
            said |= {kind for kind, _ in found} & _OF_PARAMETERS


def broken(query: Subject, name: str) -> set[str]:
    """Name what a query breaks under one of its names, whatever is allowed."""
    return {kind for kind, _ in _findings(query, name)}


def _findings(query: Subject, name: str) -> Iterator[tuple[str, Finding]]:
    shape = query.header.returns
    if shape is None or query.statement.writes:
        return  # names of what writes say what is done, not what is answered
    convention = next((each for each in _CONVENTIONS if each.pattern.fullmatch(name)), None)
    if convention is None:
        yield "verb", _unknown_verb(query, name)
    elif _kind(shape.node) not in convention.kinds:
        yield "shape", _other_shape(query, name, convention)
    if not shape.is_single and not (convention and convention.is_of_one_record):
        yield from (("page", each) for each in _pages(query, name))
    yield from _parameters(query, name)


def _kind(node: Node) -> str:
    match node:
        case Column():
            return "value"
        case Record() | Tuple():
            return "record"
        case Rows(element):
            return "records" if isinstance(element, Record) else "list"
        case Groups(_, value):
            return {Rows: "dict of lists", Groups: "dict of dicts"}.get(type(value), "dict of values")


def _unknown_verb(query: Subject, name: str) -> Finding:
    return query.finding(
        NAME,
        f"the name {name} asks none of the questions that names ask",
        why="who knows the convention can't tell what it answers",
        remedy=f"name it {_FORMS}",
    )


def _other_shape(query: Subject, name: str, convention: _Convention) -> Finding:
    assert query.header.returns is not None
    return query.finding(
        NAME,
        f"{name} answers {query.header.returns.text}",
        why=f"callers expect something else of such a name: {convention.form}",
        remedy="change the shape, or the name",
        place=query.key_place("returns"),
    )


def _pages(query: Subject, name: str) -> Iterator[Finding]:
    defaults = {each.name: each.default for each in query.header.signature.parameters}
    for parameter, default in _PAGE.items():
        if defaults.get(parameter) != default:
            yield query.finding(
                NAME,
                f"{name} answers many rows and has no {parameter}={default}",
                why="the answer grows with the tables, and nobody can ask for a part of it",
                remedy="add start_offset=0, count=100 to params:, and LIMIT :count OFFSET :start_offset to the SQL",
                place=query.key_place("params"),
            )
            return


def _parameters(query: Subject, name: str) -> Iterator[tuple[str, Finding]]:
    for parameter in query.header.signature.parameters:
        is_filter = parameter.default is not None and parameter.name not in _PACKAGE
        if is_filter and not parameter.keyword_only:
            yield (
                "keyword",
                query.finding(
                    NAME,
                    f"{name} takes {parameter.name} by its position",
                    why="a call that counts commas breaks, or asks something else, when a filter is added",
                    remedy="put it after a bare * in params:",
                    place=query.key_place("params"),
                ),
            )
        if is_filter and parameter.default not in ("None", "False") and parameter.name not in _PAGE:
            yield (
                "default",
                query.finding(
                    NAME,
                    f"{name} filters by {parameter.name}={parameter.default} when nothing is asked for",
                    why="a filter that isn't given is off, everywhere else",
                    remedy="make its default None, or False, and turn its name round if need be",
                    place=query.key_place("params"),
                ),
            )
