"""Read FROM and WHERE: what stands in them, and what determines what in it."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pglast import ast, enums, parse_sql

from ..facts.schema import Key, Schema
from .conditions import Equal, Given, NotNull, told
from .determination import NOTHING, Attribute, Attributes, Determination
from .expressions import References, column_fields, plain_text, references, strip_collation
from .scope import Body, Relation, Scope

_JOIN = enums.JoinType


@dataclass(frozen=True)
class _Unique:
    """A key of one of the relations."""

    name: str
    attributes: Attributes
    nullable: Attributes
    """Those that may be a NULL that isn't taken for equal to another."""
    row: Attribute


class SourceReader(ABC):
    """Reads what the rows of a query are made of."""

    def __init__(self, schema: Schema) -> None:
        """Start without rules, for one statement on the tables of a schema."""
        self.schema = schema
        self.determination = Determination()
        self.not_null: set[Attribute] = set()
        """The columns that are NULL in no row."""
        self._numbers = itertools.count(1)
        self._keys: list[_Unique] = []

    @abstractmethod
    def relate_query(self, query: Any, name: str, names: Iterable[str], outer: Scope) -> tuple[Relation, Attributes]:
        """Read a query inside of another: answer its relation, and what it looks up outside of itself."""

    @abstractmethod
    def find_outside(self, query: Any, scope: Scope) -> Attributes:
        """Answer what a query inside of an expression looks up outside of itself."""

    def references(self, expression: Any, scope: Scope) -> References:
        """Answer what an expression is computed from."""
        return references(expression, _ScopeNames(self, scope))

    def column(self, expression: Any, scope: Scope) -> Attribute | None:
        """Find a column."""
        if not isinstance(expression, ast.ColumnRef) or column_fields(expression)[-1] == "*":
            return None
        found = scope.find(column_fields(expression))
        return next(iter(found)) if len(found) == 1 else None

    def value(self, expression: Any, scope: Scope) -> Attribute | None:
        """Find a column, or an expression that is part of a key."""
        expression = self.stripped(expression)
        if isinstance(expression, ast.ColumnRef):
            return self.column(expression, scope)
        relations = {each.relation for each in self.references(expression, scope).attributes or ()}
        known = [Attribute(relation, plain_text(expression)) for relation in relations]
        return known[0] if len(known) == 1 and any(known[0] in key.attributes for key in self._keys) else None

    def stripped(self, expression: Any) -> Any:
        """Take away what tells values apart as they were."""
        return strip_collation(expression, self.schema.loose_collations)

    def add(self, item: Any, scope: Scope) -> None:
        """Add what stands in FROM."""
        if isinstance(item, ast.JoinExpr):
            self._join(item, scope)
            return
        relation = self._relation(item, scope)
        scope.relations.append(relation)
        scope.rows.append(relation.row)

    def where(self, condition: Any, scope: Scope) -> None:
        """Note what a condition tells of the rows that are left."""
        self.references(condition, scope)
        for fact in told(condition):
            match fact:
                case Equal(one, other, is_strict):
                    self._equal(one, other, is_strict, scope)
                    self._equal(other, one, is_strict, scope)
                case Given(expression):
                    if column := self.value(expression, scope):
                        self.determination.add(NOTHING, [column])
                case NotNull(expression):
                    if column := self.value(expression, scope):
                        self._is_not_null(column)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read something whose rows aren't rows of the query around."""
        before, not_null = self.determination, set(self.not_null)
        self.determination = Determination()
        try:
            yield
        finally:
            self.determination, self.not_null = before, not_null

    def number(self) -> int:
        """Number a relation."""
        return next(self._numbers)

    def _equal(self, one: Any, other: Any, is_strict: bool, scope: Scope) -> None:
        column, value = self.value(one, scope), self.references(other, scope).attributes
        if column and value is not None:
            self.determination.add(value, [column])
        if column and is_strict:
            self._is_not_null(column)

    def _is_not_null(self, column: Attribute) -> None:
        """Note that a column of the rows that are left isn't NULL, so that it can be part of a key."""
        self.not_null.add(column)
        for key in self._keys:
            if column in key.nullable and key.nullable <= self.not_null:
                self.determination.add(key.attributes, [key.row], [key.name])

    def _join(self, join: Any, scope: Scope) -> None:
        known = len(scope.relations)
        match join.jointype:
            case _JOIN.JOIN_LEFT:
                self.add(join.larg, scope)
                self._optional(join.rarg, scope, join, known)
            case _JOIN.JOIN_RIGHT:
                self.add(join.rarg, scope)
                self._optional(join.larg, scope, join, known)
            case _JOIN.JOIN_FULL:
                self._full(join, scope)
            case _:
                self.add(join.larg, scope)
                middle = len(scope.relations)
                self.add(join.rarg, scope)
                self._tie(join, scope, known, middle)
        for alias in filter(None, (join.alias, join.join_using_alias)):
            scope.relations.append(Relation(self.number(), alias.aliasname, None))

    def _tie(self, join: Any, scope: Scope, known: int, middle: int) -> None:
        """Note what ties the relations of a join's sides, the first of which begins at ``known``."""
        self.where(join.quals, scope)
        for one, other in _shared(join, scope.relations[known:middle], scope.relations[middle:]):
            scope.seen |= {one, other}
            self.determination.equate(one, other)
            self._is_not_null(one)
            self._is_not_null(other)

    def _optional(self, side: Any, scope: Scope, join: Any = None, known: int = 0) -> None:
        """Read the side of an outer join whose columns are NULL where nothing matches.

        What holds in its own rows holds where there is one, which a column tells that is never NULL in them. What ties
        it to the other side tells whether there is one; and, as far as that goes, which. Of the other side, which a
        LATERAL may name, it tells nothing: those rows are there without it, too.
        """
        outside, self.determination = self.determination, Determination()
        not_null, seen, scope.seen = set(self.not_null), scope.seen, set()
        present, middle = Attribute(self.number(), "present"), len(scope.relations)
        self.add(side, scope)
        for rule in self.determination.rules:
            own = [each for each in rule.determined if each.relation > present.relation]
            outside.add(rule.determining | {present}, own, rule.reasons)
        for column in self.not_null - not_null:
            if column.relation > present.relation:
                outside.add([column], [present])
        if join:
            self._tie(join, scope, known, middle)
            tied = frozenset(each for each in scope.seen if each.relation < present.relation)
            outside.add(tied, [present])
            for attribute, reasons in self.determination.proofs(tied).items():
                if attribute.relation > present.relation:
                    outside.add(tied, [attribute], reasons)
        self.determination, self.not_null = outside, not_null
        scope.seen |= seen

    def _full(self, join: Any, scope: Scope) -> None:
        known = len(scope.relations)
        self._optional(join.larg, scope)
        middle = len(scope.relations)
        self._optional(join.rarg, scope)
        if shared := list(_shared(join, scope.relations[known:middle], scope.relations[middle:])):
            # A column of USING is that of the side that is there; all of them tell the row of either side.
            merged = Relation(self.number(), "", tuple(one.name for one, _ in shared))
            scope.relations.insert(known, merged)
            self.determination.add(merged.attributes, itertools.chain(*shared))

    def _relation(self, item: Any, scope: Scope) -> Relation:
        alias = getattr(item, "alias", None)
        name = alias.aliasname if alias else ""
        match item:
            case ast.RangeVar():
                return self._table(item, scope)
            case ast.RangeTableSample(relation=table):
                return self._table(table, scope)
            case ast.RangeSubselect(subquery=query, lateral=is_lateral):
                names = [each.sval for each in alias.colnames or ()] if alias else []
                around = scope if is_lateral else Scope(scope.outer, bodies=scope.bodies)
                relation, outside = self.relate_query(query, name, names, around)
                scope.note(outside)
                return relation
            case ast.RangeFunction():
                return self._function(item, scope)
        self.references(item, scope)
        return Relation(self.number(), name, None)

    def _table(self, item: Any, scope: Scope) -> Relation:
        name, alias = item.relname, item.alias
        known = alias.aliasname if alias else name
        names = [each.sval for each in (alias.colnames if alias else None) or ()]
        if item.schemaname is None:
            is_defined, body = scope.body(name)
            if is_defined:
                return self._body(body, known, names, scope)
        table = self.schema.named(item.schemaname, name)
        if table is None:
            return Relation(self.number(), known, None, is_table=True)
        columns = [column.name for column in table.columns.values()]
        renamed = dict(itertools.zip_longest(columns, names[: len(columns)]))
        as_known = {column: new or column for column, new in renamed.items()}
        relation = Relation(self.number(), known, tuple(as_known.values()), is_table=True)
        for column in table.columns.values():
            if column.is_not_null:
                self.not_null.add(Attribute(relation.number, as_known[column.name]))
        for key in table.keys:
            self._key(key, relation, as_known)
        self.determination.add([relation.row], relation.attributes)
        return relation

    def _key(self, key: Key, relation: Relation, names: dict[str, str]) -> None:
        parts = [
            Attribute(relation.number, names[column] if column else _as_written(part))
            for column, part in zip(key.columns, key.parts, strict=True)
        ]
        nullable = NOTHING if key.nulls_are_equal else frozenset(parts) - self.not_null
        self._keys.append(_Unique(key.name, frozenset(parts), nullable, relation.row))
        if not nullable:
            self.determination.add(parts, [relation.row], [key.name])

    def _body(self, body: Body | None, name: str, names: list[str], scope: Scope) -> Relation:
        """Read a common table expression where it is used."""
        if body is None or body.expression.search_clause or body.expression.cycle_clause:
            return Relation(self.number(), name, None)
        own = [each.sval for each in body.expression.aliascolnames or ()]
        relation, outside = self.relate_query(body.expression.ctequery, name, names or own, body.around)
        scope.note(outside)
        return relation

    def _function(self, item: Any, scope: Scope) -> Relation:
        self.references(item.functions, scope)
        alias = item.alias
        name = alias.aliasname if alias else ""
        columns = tuple(each.sval for each in (alias.colnames if alias else None) or ())
        columns = columns or tuple(each.colname for each in item.coldeflist or ())
        # A function of one value names its column as the table; one of several makes names of its own.
        relation = Relation(self.number(), name, columns or None)
        if item.ordinality and columns:
            self.determination.add([Attribute(relation.number, columns[-1])], [relation.row], ["WITH ORDINALITY"])
            self.determination.add([relation.row], relation.attributes)
        return relation


@dataclass(frozen=True)
class _ScopeNames:
    """What the names in an expression mean in one scope."""

    reader: SourceReader
    scope: Scope

    @property
    def schema(self) -> Schema:
        return self.reader.schema

    def find(self, fields: tuple[str, ...]) -> Attributes:
        return self.scope.find(fields)

    def find_outside(self, query: Any) -> Attributes:
        return self.reader.find_outside(query, self.scope)

    def window(self, name: str) -> Any:
        return self.scope.windows.get(name)

    def tells_rows_apart(self, attributes: Attributes) -> bool:
        return self.scope.told_apart_by <= self.reader.determination.closure(attributes)


def _shared(join: Any, left: list[Relation], right: list[Relation]) -> Iterator[tuple[Attribute, Attribute]]:
    """Yield the columns that USING, or NATURAL, ties, of both sides."""
    names = [each.sval for each in join.usingClause or ()]
    if join.isNatural:
        names = [column for relation in left for column in relation.columns or ()]
    for name in names:
        ones, others = ([relation for relation in side if relation.has(name)] for side in (left, right))
        if ones and others:
            yield Attribute(ones[0].number, name), Attribute(others[0].number, name)


def _as_written(expression: str) -> str:
    """Write a part of an index in the one way that is used here; the server's may have quotation marks and VARIADIC."""
    select: Any = parse_sql(f"SELECT {expression}")[0].stmt
    return plain_text(select.targetList[0].val)
