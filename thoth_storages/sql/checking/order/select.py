"""Read a SELECT: which columns it answers, and what determines them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pglast import ast, enums
from pglast.stream import RawStream

from .catalog import Catalog
from .determination import NOTHING, Attribute, Attributes, Determination
from .exclusion import exclude_each_other
from .expressions import References, column_name, conjuncts, plain_text, references, strip_collation

_JOIN = enums.JoinType
_TEST = enums.BoolTestType
_ONE_VALUE = (_TEST.IS_TRUE, _TEST.IS_FALSE, _TEST.IS_UNKNOWN)


@dataclass(frozen=True)
class Output:
    """A column of a result."""

    name: str
    references: Attributes | None
    """What it is computed from; None where that doesn't decide its value, as for random()."""
    expression: Any = None
    decides: Attributes = NOTHING
    """What it decides in its turn: a column that is passed on is the one that it comes from."""


@dataclass
class Relation:
    """What stands in FROM under one name; ``columns`` is None where nobody knows them."""

    number: int
    name: str
    columns: tuple[str, ...] | None

    @property
    def attributes(self) -> list[Attribute]:
        """The known columns."""
        return [Attribute(self.number, column) for column in self.columns or ()]


@dataclass
class Scope:
    """The names that an expression sees: those of its own FROM, then those of the query around."""

    outer: Scope | None = None
    relations: list[Relation] = field(default_factory=list)
    seen_outside: set[Attribute] = field(default_factory=set)
    """The attributes of queries around that were looked up through this scope."""

    def find(self, fields: tuple[str, ...]) -> Attribute | None:
        """Look a column up; None is one of a query that isn't looked at, so that its value is given."""
        *qualifier, column = fields
        for relation in self.relations:
            is_named = relation.name == qualifier[-1] if qualifier else column in (relation.columns or ())
            if is_named:
                return Attribute(relation.number, column)
        unknown = [relation for relation in self.relations if relation.columns is None]
        if not qualifier and unknown:
            return Attribute(unknown[0].number, column)
        found = self.outer.find(fields) if self.outer else None
        if found:
            self.seen_outside.add(found)
        return found


class SelectReader:
    """Reads the SELECTs of one statement."""

    def __init__(self, catalog: Catalog, bodies: Mapping[str, Any]) -> None:
        """Take the common table expressions of the statement, by their names."""
        self.catalog = catalog
        self._bodies = bodies
        self._open: list[str] = []
        self._numbers = itertools.count(1)
        self.determination = Determination()
        self._keys: list[tuple[Attributes, Attributes, Attributes]] = []
        """The keys of all tables so far, what in them may be NULL, and what they determine."""
        self._not_null: set[Attribute] = set()

    def read(self, select: ast.SelectStmt, outer: Scope | None = None) -> tuple[list[Output], Scope]:
        """Read a SELECT, and note what determines what in it."""
        scope = Scope(outer)
        if select.valuesLists:
            return [Output(f"column{number}", None) for number, _ in enumerate(select.valuesLists[0], 1)], scope
        if select.op != enums.SetOperation.SETOP_NONE:
            return self._union(select, scope), scope
        for item in select.fromClause or ():
            self._from(item, scope)
        self._where(select.whereClause, scope)
        for clause in (select.havingClause, select.limitCount, select.limitOffset, *(select.sortClause or ())):
            self.references(clause, scope)  # so that the scope knows what it takes from outside
        return list(self._outputs(select, scope)), scope

    def order(self, select: ast.SelectStmt, outputs: list[Output], number: int, scope: Scope) -> Attributes:
        """Answer what the ORDER BY sorts by; ``number`` is that of the relation that the outputs make."""
        found = set()
        for item in select.sortClause or ():
            found |= self._sorted_by(item.node, outputs, number, scope)
        return frozenset(found)

    def relate(self, outputs: list[Output], name: str = "", names: Iterable[str] = ()) -> Relation:
        """Make a relation of outputs, and note what determines its columns."""
        renamed = {output.name: new for output, new in zip(outputs, names, strict=False)}
        relation = Relation(next(self._numbers), name, tuple(renamed.get(each.name, each.name) for each in outputs))
        for output, attribute in zip(outputs, relation.attributes, strict=True):
            if output.references is not None:
                self.determination.add(output.references, [attribute])
                self.determination.add([attribute], output.decides)
        return relation

    def references(self, expression: Any, scope: Scope) -> References:
        """Answer what an expression is computed from."""
        return references(expression, scope.find, self._references_of_query(scope), self.catalog)

    def _union(self, select: ast.SelectStmt, scope: Scope) -> list[Output]:
        """Read both sides; what holds in one of them says nothing of rows that may come from the other."""
        decided, outputs = True, []
        for side in (select.larg, select.rarg):
            with self._apart() as determination:
                outputs, inner = self.read(side, scope.outer)
                attributes = self.relate(outputs).attributes
                decided &= determination.closure(inner.seen_outside).issuperset(attributes)
            scope.seen_outside |= inner.seen_outside
        # A single row comes, from the one side or from the other.
        is_one = decided and not select.larg.op and not select.rarg.op and exclude_each_other(select.larg, select.rarg)
        return [Output(output.name, frozenset(scope.seen_outside) if is_one else None) for output in outputs]

    @contextmanager
    def _apart(self) -> Iterator[Determination]:
        """Read something whose rows aren't rows of the query around."""
        before, self.determination = self.determination, Determination()
        not_null = set(self._not_null)
        try:
            yield self.determination
        finally:
            self.determination, self._not_null = before, not_null

    def _references_of_query(self, scope: Scope) -> Any:
        def read(select: Any) -> set[Attribute]:
            with self._apart():
                _, inner = self.read(select, scope)
            return inner.seen_outside

        return read

    def _sorted_by(self, node: Any, outputs: list[Output], number: int, scope: Scope) -> set[Attribute]:
        names = [output.name for output in outputs]
        node = strip_collation(node)
        if isinstance(node, ast.ColumnRef) and len(node.fields) == 1 and column_name(node) in names:
            return {Attribute(number, column_name(node))}
        if isinstance(node, ast.A_Const) and isinstance(node.val, ast.Integer):
            return {Attribute(number, names[node.val.ival - 1])}
        found = {
            Attribute(number, output.name)
            for output in outputs
            if type(output.expression) is type(node) and _text(output.expression) == _text(node)
        }
        if isinstance(node, ast.ColumnRef):
            column = scope.find(_fields(node))
            found |= {column} if column else set()
        return found

    def _outputs(self, select: ast.SelectStmt, scope: Scope) -> Iterator[Output]:
        groups = self._groups(select, scope)
        for target in select.targetList or ():
            expression = target.val
            if isinstance(expression, ast.ColumnRef) and isinstance(expression.fields[-1], ast.A_Star):
                yield from _all_columns(expression, scope)
                continue
            name = target.name or column_name(expression)
            group = groups.get(_text(expression)) if groups else None
            found = self.references(expression, scope)
            if group:
                yield Output(name, frozenset([group]), expression, frozenset([group]))
            elif found.is_aggregate:
                # One value a group; inside of a query that looks at it anew for each of its rows, a group of each.
                decided = None if None in groups.values() else frozenset(groups.values()) | scope.seen_outside
                yield Output(name, decided, expression, self._extreme(expression, decided, scope))
            elif self._column(strip_collation(expression), scope):
                yield Output(name, found.attributes, expression, found.attributes or NOTHING)
            else:
                window = getattr(getattr(expression, "over", None), "partitionClause", None) or ()
                parts = [self.references(part, scope).attributes or NOTHING for part in window]
                decided = self._extreme(expression, NOTHING.union(*parts), scope)
                yield Output(name, found.attributes, expression, decided)

    def _extreme(self, expression: Any, group: Attributes | None, scope: Scope) -> Attributes:
        """The least or greatest of a group is one of its rows', and so decides the group that such a row belongs to."""
        match expression:
            case ast.FuncCall(funcname=(*_, ast.String(sval="min" | "max")), args=(argument,)):
                column = self._column(argument, scope)
                if column and group and group <= self.determination.closure([column]):
                    return group
        return NOTHING

    def _groups(self, select: ast.SelectStmt, scope: Scope) -> dict[str, Attribute | None]:
        """What the rows are grouped by, by its text; None where rows of totals are in between."""
        found: dict[str, Attribute | None] = {}
        for item in select.groupClause or ():
            expression = _meant(item, select, scope)
            column = self._column(expression, scope)
            if column is None and not isinstance(item, ast.GroupingSet):
                column = Attribute(next(self._numbers), "group")
                self.determination.add(self.references(expression, scope).attributes or {column}, [column])
            found[_text(expression)] = None if isinstance(item, ast.GroupingSet) else column
        return found

    def _where(self, condition: Any, scope: Scope) -> None:
        self.references(condition, scope)
        for each in conjuncts(condition):
            self._condition(each, scope)

    def _condition(self, condition: Any, scope: Scope) -> None:
        match condition:
            case ast.A_Expr(kind=enums.A_Expr_Kind.AEXPR_OP, name=(ast.String(sval="="),), lexpr=left, rexpr=right) | (
                ast.A_Expr(kind=enums.A_Expr_Kind.AEXPR_NOT_DISTINCT, lexpr=left, rexpr=right)
            ):
                for one, other in ((left, right), (right, left)):
                    column, value = self._value(one, scope), self.references(other, scope).attributes
                    if column and value is not None:
                        self.determination.add(value, [column])
                    if column and condition.kind == enums.A_Expr_Kind.AEXPR_OP:
                        self._is_not_null(column)
            case ast.NullTest(nulltesttype=enums.NullTestType.IS_NULL, arg=argument):
                self._is_given(argument, scope)
            case ast.BooleanTest(booltesttype=kind, arg=argument) if kind in _ONE_VALUE:
                self._is_given(argument, scope)
            case ast.BoolExpr(boolop=enums.BoolExprType.NOT_EXPR, args=(argument,)):
                self._is_given(argument, scope)
            case ast.ColumnRef():
                self._is_given(condition, scope)

    def _value(self, expression: Any, scope: Scope) -> Attribute | None:
        """Find a column, or an expression that is part of a key."""
        expression = strip_collation(expression)
        if isinstance(expression, ast.ColumnRef):
            return self._column(expression, scope)
        relations = {each.relation for each in self.references(expression, scope).attributes or ()}
        known = [Attribute(relation, plain_text(expression)) for relation in relations]
        return known[0] if len(known) == 1 and any(known[0] in key for key, _, _ in self._keys) else None

    def _is_not_null(self, column: Attribute) -> None:
        """Note that a column of the rows that are left isn't NULL, so that it can be part of a key."""
        self._not_null.add(column)
        for key, nullable, determined in self._keys:
            if column in nullable and nullable <= self._not_null:
                self.determination.add(key, determined)

    def _is_given(self, expression: Any, scope: Scope) -> None:
        """Note that a column has one value in all rows that are left."""
        if column := self._column(expression, scope):
            self.determination.add(NOTHING, [column])

    def _column(self, expression: Any, scope: Scope) -> Attribute | None:
        return scope.find(_fields(expression)) if isinstance(expression, ast.ColumnRef) else None

    def _from(self, item: Any, scope: Scope) -> None:
        match item:
            case ast.JoinExpr():
                self._join(item, scope)
            case ast.RangeVar():
                scope.relations.append(self._table(item))
            case ast.RangeSubselect(subquery=select, alias=alias):
                scope.relations.append(self._query(select, alias, scope))
            case ast.RangeFunction():
                scope.relations.append(self._function(item))
            case _:
                scope.relations.append(Relation(next(self._numbers), "", None))

    def _join(self, join: ast.JoinExpr, scope: Scope) -> None:
        kind = join.jointype
        for side, nullable in (
            (join.larg, kind in (_JOIN.JOIN_RIGHT, _JOIN.JOIN_FULL)),
            (join.rarg, kind in (_JOIN.JOIN_LEFT, _JOIN.JOIN_FULL)),
        ):
            if nullable:
                self._nullable(side, join, scope)
            else:
                self._from(side, scope)
        if kind == _JOIN.JOIN_INNER:
            self._where(join.quals, scope)
            self._using(join, scope)

    def _using(self, join: ast.JoinExpr, scope: Scope) -> None:
        for column in join.usingClause or ():
            having = [each for each in scope.relations if column.sval in (each.columns or ())]
            for one, other in itertools.pairwise(having):
                self.determination.equate(Attribute(one.number, column.sval), Attribute(other.number, column.sval))

    def _nullable(self, side: Any, join: ast.JoinExpr, scope: Scope) -> None:
        """Read the side of an outer join whose columns are NULL where nothing matches.

        What holds in its own rows holds on. What ties it to the other side tells whether, and if so, which row matches.
        """
        before, self.determination = self.determination, Determination()
        known, first = len(scope.relations), next(self._numbers)
        self._from(side, scope)
        columns = {attribute for relation in scope.relations[known:] for attribute in relation.attributes}
        before.rules += self.determination.kept(lambda left: bool(left) and all(each.relation > first for each in left))
        if join.jointype == _JOIN.JOIN_LEFT:
            sides = [*self.determination.rules, (self.references(join.quals, scope).attributes or NOTHING, NOTHING)]
            tied = {each for left, _ in sides for each in left if each.relation < first}
            not_null = set(self._not_null)
            self._where(join.quals, scope)
            self._not_null = not_null  # only in rows that match
            if columns <= self.determination.closure(tied):
                before.add(tied, columns)
        self.determination = before

    def _table(self, item: ast.RangeVar) -> Relation:
        name, alias = item.relname, item.alias
        if item.schemaname is None and name in self._bodies and name not in self._open:
            self._open.append(name)
            try:
                return self._query(self._bodies[name].ctequery, alias, None, name, self._bodies[name].aliascolnames)
            finally:
                self._open.pop()
        table = None if item.schemaname is None and name in self._open else self.catalog.tables.get(name)
        known = alias.aliasname if alias else name
        relation = Relation(next(self._numbers), known, table.columns if table else None)
        for parts in table.keys if table else ():
            key = frozenset(Attribute(relation.number, part.text) for part in parts)
            nullable = frozenset(Attribute(relation.number, part.text) for part in parts if part.may_be_null)
            self._keys.append((key, nullable, frozenset(relation.attributes)))
            if not nullable:
                self.determination.add(key, relation.attributes)
        return relation

    def _query(self, query: Any, alias: Any, scope: Scope | None, name: str = "", names: Any = None) -> Relation:
        name = alias.aliasname if alias else name
        if not isinstance(query, ast.SelectStmt):
            return Relation(next(self._numbers), name, None)
        outputs, inner = self.read(query, scope)
        named = (alias.colnames if alias and alias.colnames else names) or ()
        relation = self.relate(outputs, name, [each.sval for each in named])
        is_one_row = not query.groupClause and any(
            self.references(output.expression, inner).is_aggregate for output in outputs if output.expression
        )
        is_first = isinstance(query.limitCount, ast.A_Const) and getattr(query.limitCount.val, "ival", 0) == 1
        if is_one_row or is_first:  # whether that one is decided is asked of its own ORDER BY
            self.determination.add(inner.seen_outside, relation.attributes)
        return relation

    def _function(self, item: ast.RangeFunction) -> Relation:
        alias = item.alias
        name = alias.aliasname if alias else ""
        columns = tuple(each.sval for each in (alias.colnames if alias else None) or ())
        columns = columns or tuple(each.colname for each in item.coldeflist or ())
        if not columns and alias and not item.ordinality:
            # A function of one value names its column as the table; one of several makes names of its own.
            return Relation(next(self._numbers), name, None)
        relation = Relation(next(self._numbers), name, columns or None)
        if item.ordinality and columns:
            self.determination.add([Attribute(relation.number, columns[-1])], relation.attributes)
        return relation


def _fields(reference: ast.ColumnRef) -> tuple[str, ...]:
    return tuple(getattr(each, "sval", "*") for each in reference.fields)


def _all_columns(expression: ast.ColumnRef, scope: Scope) -> Iterator[Output]:
    wanted = _fields(expression)[:-1]
    for relation in scope.relations:
        if not wanted or relation.name == wanted[-1]:
            if relation.columns is None:
                yield Output("*", None)
            yield from (Output(each.name, frozenset([each]), None, frozenset([each])) for each in relation.attributes)


def _meant(item: Any, select: ast.SelectStmt, scope: Scope) -> Any:
    """Answer the expression that GROUP BY means by a number, or by the name of a column of the result."""
    targets = select.targetList or ()
    if isinstance(item, ast.A_Const) and isinstance(item.val, ast.Integer):
        return targets[item.val.ival - 1].val
    if isinstance(item, ast.ColumnRef) and scope.find(_fields(item)) is None:
        return next((target.val for target in targets if target.name == column_name(item)), item)
    return item


def _text(expression: Any) -> str:
    return str(RawStream()(expression))
