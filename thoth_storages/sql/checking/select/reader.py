"""Read a SELECT: which columns it answers, what determines them, and what holds its rows to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pglast import ast, enums

from .determination import NOTHING, ROW, Attribute, Attributes, Reasons
from .exclusion import exclude_each_other
from .expressions import References, column_fields, column_name, ordinal, text_of, window_parts
from .scope import Relation, Scope
from .sources import SourceReader

_SET = enums.SetOperation
_WITH_TIES = enums.LimitOption.LIMIT_OPTION_WITH_TIES
_OWN_FRAME = 0x1  # in pglast's WindowDef.frameOptions: a frame that needn't hold the row itself


@dataclass(frozen=True)
class Output:
    """A column of a result."""

    name: str
    references: Attributes | None
    """What it is computed from; None where that doesn't decide its value, as for random()."""
    expression: Any = None
    decides: Attributes = NOTHING
    """What it decides in its turn: a column that is passed on is the one that it comes from."""
    beside: Attributes = NOTHING
    """What it needs for that: a number counts the rows of one partition only."""


class SelectReader(SourceReader):
    """Reads one statement."""

    def read(self, select: Any, outer: Scope | None = None) -> tuple[list[Output], Scope]:
        """Read a SELECT, and note what determines what in it."""
        scope = Scope(outer)
        scope.define(select.withClause)
        if select.valuesLists:
            return self._values(select, scope), scope
        if select.op != _SET.SETOP_NONE:
            return self._combined(select, scope), scope
        for item in select.fromClause or ():
            self.add(item, scope)
        scope.windows = {each.name: each for each in select.windowClause or ()}
        self.where(select.whereClause, scope)
        self._group(select, scope)
        outputs = list(self._outputs(select, scope))
        for clause in (select.havingClause, select.sortClause, select.limitCount, select.limitOffset):
            found = self.references(clause, scope)  # so that the scope knows what it takes from outside, too
            scope.is_aggregate |= found.is_aggregate
            scope.is_set |= found.is_set
        return outputs, scope

    def result(
        self, select: Any, outputs: list[Output], scope: Scope, *, name: str = "", names: Iterable[str] = ()
    ) -> Relation:
        """Make a relation of a SELECT's outputs, and note what determines its columns and its rows.

        Which rows LIMIT and DISTINCT ON let through is left open.
        """
        relation = Relation(self.number(), name, _distinguished([each.name for each in outputs], list(names)))
        for output, attribute in zip(outputs, relation.attributes, strict=True):
            if output.references is not None:
                self.determination.add(output.references, [attribute])
            reasons: Reasons = ("row_number",) if any(each.name == ROW for each in output.decides) else ()
            self.determination.add([attribute, *output.beside], output.decides, reasons)
        for determining, held_by in self._rows(select, relation, scope):
            self.determination.add(determining, [relation.row], held_by)
        self.determination.add([relation.row], relation.attributes)
        return relation

    def sorted_by(self, nodes: Iterable[Any], outputs: list[Output], relation: Relation, scope: Scope) -> Attributes:
        """Answer what an ORDER BY sorts by, or a DISTINCT ON goes by."""
        return NOTHING.union(*(self._sorted_by(node, outputs, relation, scope) for node in nodes))

    def one_row(self, statement: Any, outer: Scope | None = None) -> Reasons | None:
        """Say what keeps a statement from answering more than one row, for one row of the query around."""
        around = Scope(outer)
        around.define(getattr(statement, "withClause", None))
        match statement:
            case ast.InsertStmt(selectStmt=None):
                return ("VALUES",)
            case ast.InsertStmt(selectStmt=select):
                return self.one_row(select, around)
            case ast.UpdateStmt(fromClause=items) | ast.DeleteStmt(usingClause=items):
                for item in (statement.relation, *(items or ())):
                    self.add(item, around)
                self.where(statement.whereClause, around)
                proofs = self.determination.proofs(around.seen_outside)
                is_held = all(row in proofs for row in around.rows)
                return sum((proofs[row] for row in around.rows), ()) if is_held else None
            case ast.SelectStmt():
                outputs, scope = self.read(statement, outer)
                relation = self.result(statement, outputs, scope)
                held = self.determination.proofs(scope.seen_outside).get(relation.row)
                return self._chosen(statement, outputs, relation, scope) if held is None else held
        return None

    def relate_query(self, query: Any, name: str, names: Iterable[str], outer: Scope) -> tuple[Relation, Attributes]:
        """Read a query inside of another: answer its relation, and what it looks up outside of itself."""
        if not isinstance(query, ast.SelectStmt):
            relation = Relation(self.number(), name, None)
            with self.apart():
                reasons = self.one_row(query, outer)
            if reasons is not None:
                self.determination.add(NOTHING, [relation.row], reasons)
            return relation, NOTHING
        outputs, scope = self.read(query, outer)
        relation = self.result(query, outputs, scope, name=name, names=names)
        for determining, reasons in self._choices(query, outputs, relation, scope):
            if relation.row not in self.determination.closure(determining):
                self.determination.add(determining, [relation.row], reasons)
        return relation, frozenset(scope.seen_outside)

    def find_outside(self, query: Any, scope: Scope) -> Attributes:
        """Answer what a query inside of an expression looks up outside of itself."""
        with self.apart():
            _, inner = self.read(query, scope)
        return frozenset(inner.seen_outside)

    def _values(self, select: Any, scope: Scope) -> list[Output]:
        first, *others = select.valuesLists
        found = [self.references(value, scope).attributes for value in first]
        for row in others:
            self.references(row, scope)
        return [Output(f"column{number}", None if others else attributes) for number, attributes in enumerate(found, 1)]

    def _combined(self, select: Any, scope: Scope) -> list[Output]:
        around = Scope(scope.outer, bodies=scope.bodies)
        if select.op == _SET.SETOP_UNION:
            return self._union(select, around, scope)
        # What is left are rows of the first.
        outputs, inner = self.read(select.larg, around)
        first = self.result(select.larg, outputs, inner)
        scope.rows.append(first.row)
        scope.note(inner.seen_outside | self.find_outside(select.rarg, around))
        return [Output(each.name, frozenset([each]), None, frozenset([each])) for each in first.attributes]

    def _union(self, select: Any, around: Scope, scope: Scope) -> list[Output]:
        """Read both sides; what holds in one of them says nothing of rows that may come from the other."""
        names: list[str] = []
        is_decided = True
        for side in (select.larg, select.rarg):
            with self.apart():
                outputs, inner = self.read(side, around)
                attributes = self.result(side, outputs, inner).attributes
                is_decided &= self.determination.closure(inner.seen_outside).issuperset(attributes)
            names = names or [output.name for output in outputs]
            scope.note(inner.seen_outside)
        # A single row comes, from the one side or from the other.
        sides = (select.larg, select.rarg)
        is_one = is_decided and not any(side.op or side.valuesLists for side in sides) and exclude_each_other(*sides)
        return [Output(name, frozenset(scope.seen_outside) if is_one else None) for name in names]

    def _rows(self, select: Any, relation: Relation, scope: Scope) -> Iterator[tuple[Attributes, Reasons]]:
        """Yield what determines which row of a result it is, and what holds that."""
        outside = frozenset(scope.seen_outside)
        if select.valuesLists:
            yield from [(outside, ("VALUES",))] if len(select.valuesLists) == 1 else ()
            return
        if select.op != _SET.SETOP_NONE:
            yield from [(frozenset(scope.rows), ())] if scope.rows else ()
            if not select.all:
                yield frozenset(relation.attributes), (select.op.name.removeprefix("SETOP_"),)
            return
        is_one_of_one = not scope.is_set and not scope.has_totals
        if is_one_of_one and not scope.groups and (scope.is_aggregate or select.havingClause):
            yield outside, ("an aggregate",)
        elif is_one_of_one and select.fromClause:
            yield outside.union(scope.rows), ()
        elif is_one_of_one:
            yield outside, ("EXISTS" if _asks_for_existence(select) else "no FROM",)
        if is_one_of_one and scope.groups:
            yield frozenset(scope.groups.values()), ("GROUP BY",)
        if select.distinctClause == (None,):
            yield frozenset(relation.attributes), ("DISTINCT",)

    def _choices(
        self, select: Any, outputs: list[Output], relation: Relation, scope: Scope
    ) -> Iterator[tuple[Attributes, Reasons]]:
        """Yield what determines a row where others are cut off; which are, is asked of the ORDER BY."""
        by = [each for each in select.distinctClause or () if each is not None]
        found = [self._sorted_by(each, outputs, relation, scope) for each in by]
        if by and all(found) and not scope.is_set:
            yield NOTHING.union(*found), ("DISTINCT ON",)
        if is_first(select):
            yield frozenset(scope.seen_outside), ("LIMIT 1",)

    def _chosen(self, select: Any, outputs: list[Output], relation: Relation, scope: Scope) -> Reasons | None:
        known = self.determination.closure(scope.seen_outside)
        choices = self._choices(select, outputs, relation, scope)
        return next((reasons for determining, reasons in choices if determining <= known), None)

    def _sorted_by(self, node: Any, outputs: list[Output], relation: Relation, scope: Scope) -> Attributes:
        node = self.stripped(node)
        of_outputs = list(zip(outputs, relation.attributes, strict=True))
        if isinstance(node, ast.ColumnRef) and len(column_fields(node)) == 1:
            named = [attribute for output, attribute in of_outputs if output.name == column_name(node)]
            if named:
                return frozenset(named)
        if place := ordinal(node):
            return frozenset([relation.attributes[place - 1]])
        text = text_of(node)
        found = {
            attribute
            for output, attribute in of_outputs
            if type(output.expression) is type(node) and text_of(output.expression) == text
        }
        if not scope.has_totals:
            found |= {each for each in (scope.groups.get(text), self.value(node, scope)) if each}
        if isinstance(node, ast.ColumnRef):
            found |= scope.find(column_fields(node))
        return frozenset(found)

    def _outputs(self, select: Any, scope: Scope) -> Iterator[Output]:
        for target in select.targetList or ():
            expression = target.val
            if isinstance(expression, ast.ColumnRef) and column_fields(expression)[-1] == "*":
                yield from _all_columns(expression, scope)
                continue
            found = self.references(expression, scope)
            scope.is_aggregate |= found.is_aggregate
            scope.is_set |= found.is_set
            yield self._output(target.name or column_name(expression), expression, found, scope)

    def _output(self, name: str, expression: Any, found: References, scope: Scope) -> Output:
        if scope.has_totals:
            return Output(name, None, expression)
        if group := scope.groups.get(text_of(expression)):
            return Output(name, frozenset([group]), expression, frozenset([group]))
        if found.is_aggregate:
            # One value a group, which the group's row tells.
            return Output(name, None, expression, self._extreme(expression, scope))
        if self.column(self.stripped(expression), scope):
            return Output(name, found.attributes, expression, found.attributes or NOTHING)
        if (window := getattr(expression, "over", None)) is None:
            return Output(name, found.attributes, expression)
        partition, _ = window_parts(window, scope.windows.get)
        parts = NOTHING.union(*(self.references(part, scope).attributes or NOTHING for part in partition))
        if expression.funcname[-1].sval == "row_number" and found.attributes is not None:
            return Output(name, found.attributes, expression, scope.told_apart_by, parts)
        return Output(name, found.attributes, expression, self._extreme(expression, scope, parts))

    def _extreme(self, expression: Any, scope: Scope, parts: Attributes | None = None) -> Attributes:
        """The least or greatest of a group is one of its rows', and so decides the group that such a row belongs to."""
        group = frozenset(scope.groups.values()) if parts is None else parts
        match expression:
            case ast.FuncCall(funcname=(*_, ast.String(sval="min" | "max")), args=(argument,), agg_filter=None):
                column = self.column(argument, scope)
                may_be_empty = expression.over is not None and (expression.over.frameOptions or 0) & _OWN_FRAME
                if column and not may_be_empty and group <= self.determination.closure([column]):
                    return group
        return NOTHING

    def _group(self, select: Any, scope: Scope) -> None:
        for item in select.groupClause or ():
            if isinstance(item, ast.GroupingSet):
                scope.has_totals = True
                self.references(item, scope)
                continue
            expression = _meant(item, select, scope)
            found = self.references(expression, scope)
            scope.is_set |= found.is_set
            column = self.column(expression, scope)
            if column is None:
                column = Attribute(self.number(), "group")
                if found.attributes is not None:
                    self.determination.add(found.attributes, [column])
            scope.groups[text_of(expression)] = column


def is_first(select: Any) -> bool:
    """Whether a SELECT ends in LIMIT 1; the first WITH TIES may be several."""
    limit = select.limitCount
    is_one = isinstance(limit, ast.A_Const) and getattr(limit.val, "ival", 0) == 1
    return is_one and select.limitOption != _WITH_TIES


def _asks_for_existence(select: Any) -> bool:
    asked = [target.val for target in select.targetList or ()]
    return any(_holds_exists(each) for each in asked)


def _holds_exists(node: Any) -> bool:
    if isinstance(node, ast.SubLink):
        return bool(node.subLinkType == enums.SubLinkType.EXISTS_SUBLINK)
    if isinstance(node, tuple):
        return any(map(_holds_exists, node))
    return isinstance(node, ast.Node) and any(_holds_exists(getattr(node, member)) for member in node)


def _distinguished(names: list[str], new: list[str]) -> tuple[str, ...]:
    """Name the columns of a relation, and number those whose name is another's."""
    named = [*new, *names[len(new) :]]
    return tuple(name if name not in named[:place] else f"{name} ({place + 1})" for place, name in enumerate(named))


def _all_columns(expression: Any, scope: Scope) -> Iterator[Output]:
    wanted = column_fields(expression)[:-1]
    for relation in scope.relations:
        if not wanted or relation.name == wanted[-1]:
            if relation.columns is None:
                yield Output("*", None)
            scope.seen.update(relation.attributes)
            yield from (Output(each.name, frozenset([each]), None, frozenset([each])) for each in relation.attributes)


def _meant(item: Any, select: Any, scope: Scope) -> Any:
    """Answer the expression that GROUP BY means by a number, or by the name of a column of the result."""
    targets = select.targetList or ()
    if place := ordinal(item):
        return targets[place - 1].val
    if isinstance(item, ast.ColumnRef) and not scope.find(column_fields(item)):
        return next((target.val for target in targets if target.name == column_name(item)), item)
    return item
