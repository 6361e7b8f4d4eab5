"""Signatures with types of the named queries, out of the stub that holds them."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from scripts.docs_reference import markdown as md
from thoth_storages.sql.catalog import STUB
from thoth_storages.sql.query import Query

_RECEIVERS = ("self", "connection")


@dataclass(frozen=True)
class Signatures:
    """The signatures by qualified name, and the records that answers are made of."""

    functions: dict[str, ast.FunctionDef]
    records: dict[str, str]

    def of(self, query: Query) -> str:
        """Write a query's signature, and the record that its answer is made of."""
        function = self.functions[query.qualified_name]
        text = _signature(function)
        records = [record for name, record in self.records.items() if name in text]
        return "\n\n".join([text, *records])


def read_signatures() -> Signatures:
    """Read the stub of the named queries."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    functions: dict[str, ast.FunctionDef] = {}
    records: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any("TypedDict" in ast.unparse(base) for base in node.bases):
            records[node.name] = ast.unparse(node)
        elif isinstance(node, ast.Assign):
            records[ast.unparse(node.targets[0])] = ast.unparse(node)
        elif isinstance(node, ast.ClassDef):
            namespace = node.name.removesuffix("Queries").lower() if node.name != "NamedQueries" else ""
            prefix = f"{namespace}." if namespace else ""
            functions |= {f"{prefix}{each.name}": each for each in node.body if isinstance(each, ast.FunctionDef)}
    return Signatures(functions, records)


def _signature(function: ast.FunctionDef) -> str:
    answer = ast.unparse(function.returns) if function.returns else "None"
    return md.call(function.name, _parameters(function.args), answer)


def _parameters(arguments: ast.arguments) -> list[str]:
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + list(arguments.defaults)
    positional = zip(arguments.args, defaults, strict=True)
    parts = [_parameter(argument, default) for argument, default in positional if argument.arg not in _RECEIVERS]
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    keyword_only = [_parameter(argument, default) for argument, default in named]
    return [*parts, *(["*"] if keyword_only else []), *keyword_only]


def _parameter(argument: ast.arg, default: ast.expr | None) -> str:
    typed = f"{argument.arg}: {ast.unparse(argument.annotation)}" if argument.annotation else argument.arg
    return typed if default is None else f"{typed} = {ast.unparse(default)}"
