"""The ``returns:`` of a query: the shape of its answer, written as a Python literal whose leaves are column names.

``[(package_name, index_url)]`` is a list of tuples, ``[{cve_id, details}]`` one of dicts, ``{extra: [(name, count)]}``
rows grouped by a column, ``{a, b}`` one dict, ``a`` one value. From it come the code that builds the answer out of
rows, the code that copies an answer, and the answer's static type.

A list element whose columns are all NULL is the far side of a LEFT JOIN: it adds nothing but the key that it stands
under, and that only when the key isn't NULL. The same holds for the key of a dict inside a dict.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .lexer import Place

_WHY = "the answer is put together as this says"
_REMEDY = "write the names of the result's columns in one of these shapes"

Row = Sequence[Any]
Build = Callable[[Iterable[Row]], Any]


@dataclass(frozen=True)
class Column:
    """The value of a column."""

    name: str


@dataclass(frozen=True)
class Tuple:
    """A tuple of values."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Record:
    """A dict whose keys are the columns' names."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Rows:
    """A list with an element a row."""

    element: Node


@dataclass(frozen=True)
class Groups:
    """A dict: rows by a key."""

    key: Node
    value: Node


Node = Column | Tuple | Record | Rows | Groups


@dataclass(frozen=True)
class Shape:
    """The shape of an answer."""

    text: str
    node: Node

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that the answer is made of, in the order of their first mention."""
        return tuple(dict.fromkeys(column.name for column in columns_of(self.node)))

    @property
    def is_single(self) -> bool:
        """Whether the answer is made of one row."""
        return not isinstance(self.node, Rows | Groups)

    @property
    def is_list(self) -> bool:
        """Whether the answer is a list with an element a row."""
        return isinstance(self.node, Rows)

    @property
    def operator(self) -> str:
        """The operator of aiosql that goes with the shape: none, ``^`` or ``$``."""
        if not self.is_single:
            return ""
        return "$" if isinstance(self.node, Column) else "^"

    def builder(self, names: Sequence[str]) -> Build:
        """Make the function that turns rows, whose columns are called ``names``, into the answer."""
        if doubled := [name for name in self.columns if names.count(name) > 1]:
            raise LookupError(f"the result has several columns {doubled[0]}; name them apart with AS")
        if missing := set(self.columns) - set(names):
            raise LookupError(f"the result has no column {', '.join(sorted(missing))}; it has {', '.join(names)}")
        source = "\n".join(_builder_lines(self.node, {name: index for index, name in enumerate(names)}))
        return _compiled(source, "build")

    def copier(self) -> Callable[[Any], Any]:
        """Make the function that copies an answer, so that a caller can't change one that is kept.

        Values aren't copied: those of a column of arrays or JSON are shared.
        """
        copied = _copy(self.node, "answer")
        if self.is_single:
            copied = f"None if answer is None else {copied}"
        return _compiled(f"def copy(answer):\n    return {copied}", "copy")


def parse_shape(text: str, place: Place) -> Shape:
    """Read ``returns:``; raises QueryError for what isn't a shape."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise place.error(
            f"returns: isn't a Python literal of column names ({error.msg}): {text}", why=_WHY, remedy=_REMEDY
        ) from None
    node = _parse(tree)
    if node is None or not _is_nested_well(node):
        raise place.error(
            "returns: takes column names as in [a], [(a, b)], [{a, b}], {a: [b]}, {a: b}, {a: {b: c}}, {a, b}, (a, b) "
            f"or a, not {text}",
            why=_WHY,
            remedy=_REMEDY,
        )
    return Shape(text, node)


def _parse(tree: ast.AST) -> Node | None:
    match tree:
        case ast.Name(id=name) | ast.Constant(value=str(name)):
            return Column(name)
        case ast.Tuple(elts=[_, *_] as elements):
            items = [_parse(element) for element in elements]
            return Tuple(tuple(item for item in items if item)) if all(items) else None
        case ast.Set(elts=elements):
            columns = [_parse(element) for element in elements]
            named = tuple(column for column in columns if isinstance(column, Column))
            return Record(named) if len(set(named)) == len(elements) else None
        case ast.List(elts=[element]):
            inner = _parse(element)
            return Rows(inner) if inner else None
        case ast.Dict(keys=[ast.AST() as key], values=[value]):
            keyed, grouped = _parse(key), _parse(value)
            return Groups(keyed, grouped) if keyed and grouped else None
    return None


def _is_nested_well(node: Node) -> bool:
    match node:
        case Groups(key, value):
            return _is_flat(key) and (
                _is_nested_well(value) if isinstance(value, Groups | Rows) else _is_element(value)
            )
        case Rows(element):
            return _is_element(element)
    return _is_element(node)


def _is_element(node: Node) -> bool:
    return isinstance(node, Record) or _is_flat(node)


def _is_flat(node: Node) -> bool:
    return isinstance(node, Column) or (isinstance(node, Tuple) and all(map(_is_flat, node.items)))


def columns_of(node: Node) -> Iterator[Column]:
    """Yield the columns of a part of a shape, in order; one that stands twice comes twice."""
    match node:
        case Column():
            yield node
        case Tuple(items) | Record(items):
            for item in items:
                yield from columns_of(item)
        case Rows(element):
            yield from columns_of(element)
        case Groups(key, value):
            yield from columns_of(key)
            yield from columns_of(value)


def _builder_lines(node: Node, position: dict[str, int]) -> Iterator[str]:
    yield "def build(rows):"
    if isinstance(node, Rows):
        element = node.element
        yield f"    return [{_expression(element, position)} for row in rows if {_is_present(element, position)}]"
    elif isinstance(node, Groups):
        yield "    answer = {}"
        yield "    for row in rows:"
        yield from _group_lines(node, position, "answer", "        ")
        yield "    return answer"
    else:
        yield f"    for row in rows:\n        return {_expression(node, position)}\n    return None"


def _group_lines(node: Groups, position: dict[str, int], target: str, indent: str) -> Iterator[str]:
    key, value = _expression(node.key, position), node.value
    if isinstance(value, Groups | Rows):
        inner = value.key if isinstance(value, Groups) else value.element
        yield f"{indent}if {_is_present(inner, position)}:"
        if isinstance(value, Groups):
            yield f"{indent}    inner = {target}.setdefault({key}, {{}})"
            yield from _group_lines(value, position, "inner", indent + "    ")
        else:
            yield f"{indent}    {target}.setdefault({key}, []).append({_expression(inner, position)})"
        yield f"{indent}elif {_is_present(node.key, position)}:"
        yield f"{indent}    {target}.setdefault({key}, {'{}' if isinstance(value, Groups) else '[]'})"
    else:
        yield f"{indent}{target}[{key}] = {_expression(value, position)}"


def _expression(node: Node, position: dict[str, int]) -> str:
    match node:
        case Column(name):
            return f"row[{position[name]}]"
        case Tuple(items):
            if [position.get(getattr(item, "name", "")) for item in items] == list(range(len(position))):
                return "row"
            return "(" + "".join(f"{_expression(item, position)}, " for item in items) + ")"
        case Record(columns):
            return "{" + ", ".join(f"{column.name!r}: row[{position[column.name]}]" for column in columns) + "}"
    raise AssertionError(node)


def _is_present(node: Node, position: dict[str, int]) -> str:
    return " or ".join(f"row[{position[column.name]}] is not None" for column in columns_of(node))


def _copy(node: Node, source: str) -> str:
    match node:
        case Record():
            return f"dict({source})"
        case Rows(element):
            return f"[{_copy(element, 'item')} for item in {source}]" if isinstance(element, Record) else f"{source}[:]"
        case Groups(_, value):
            if isinstance(value, Column | Tuple):
                return f"dict({source})"
            inner = "value" if source != "value" else "inner"
            return f"{{key: {_copy(value, inner)} for key, {inner} in {source}.items()}}"
    return source


def _compiled(source: str, name: str) -> Callable[..., Any]:
    scope: dict[str, Any] = {}
    exec(compile(source, "<shape of a query>", "exec"), scope)
    return scope[name]  # type: ignore[no-any-return]
