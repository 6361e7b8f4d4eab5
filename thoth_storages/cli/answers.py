"""The answer of a query as rows: one for each innermost element, its columns named as in the shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..sql.shape import Column, Groups, Node, Record, Rows, Shape, Tuple
from . import output

Named = dict[str, Any]


def write_answer(form: str, answer: Any, shape: Shape | None) -> None:
    """Write an answer to stdout in the form that ``--output`` chose; without a shape it is a number of rows written."""
    columns = shape.columns if shape else ("rows_written",)
    output.write(
        form,
        lambda: f"{_as_text(answer, shape)}\n",
        _as_json(answer, shape),
        columns=columns,
        rows=_records(answer, shape, columns),
    )


def _as_text(answer: Any, shape: Shape | None) -> str:
    """Write an answer as an aligned table; one record stands a line a column, one value by itself."""
    if shape is None or isinstance(shape.node, Column):
        return output.cell(answer)
    if shape.is_single:
        return output.pairs(_flat(shape.node, answer)) if answer is not None else ""
    rows = ([row.get(name) for name in shape.columns] for row in rows_of(answer, shape))
    return output.table(shape.columns, rows)


def _as_json(answer: Any, shape: Shape | None) -> Any:
    """Answer what JSON has: a list of objects, one object for one record, a bare value for one value."""
    if shape is None or isinstance(shape.node, Column):
        return answer
    if shape.is_single:
        return None if answer is None else _flat(shape.node, answer)
    return _records(answer, shape, shape.columns)


def _records(answer: Any, shape: Shape | None, columns: Sequence[str]) -> list[Named]:
    if shape is None:
        return [{columns[0]: answer}]
    if shape.is_single and answer is None and not isinstance(shape.node, Column):
        return []
    return [{name: row.get(name) for name in columns} for row in rows_of(answer, shape)]


def rows_of(answer: Any, shape: Shape) -> list[Named]:
    """Undo the nesting: answer the rows that an answer of many rows was made of, by column.

    A group without elements is one row that has the columns of its key only.
    """
    return list(_rows(shape.node, answer))


def _rows(node: Node, answer: Any) -> Iterator[Named]:
    match node:
        case Rows(element):
            for item in answer:
                yield _flat(element, item)
        case Groups(key, value):
            for group, members in answer.items():
                named = _flat(key, group)
                for row in list(_rows(value, members)) or [{}]:
                    yield {**named, **row}
        case _:
            yield _flat(node, answer)


def _flat(node: Node, value: Any) -> Named:
    match node:
        case Column(name):
            return {name: value}
        case Tuple(items):
            return {
                name: inner
                for item, part in zip(items, value, strict=True)
                for name, inner in _flat(item, part).items()
            }
        case Record():
            return dict(value)
    raise AssertionError(node)
