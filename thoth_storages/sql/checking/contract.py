"""The committed contracts of the queries: what the server says of each, in a file beside the files of queries.

``queries/sync/version.sql`` has ``contracts/sync/version.toml``; a file that isn't below a folder ``queries`` with a
folder ``contracts`` beside it has its contracts beside itself. A contract is a table of TOML, and holds only what there
is to say: that of a query without locks has no ``locks``.
"""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ...exceptions import QueryError

Contract = Mapping[str, Any]

CONTRACTS_FOLDER = Path(__file__).parents[1] / "contracts"
"""The contracts of the package's queries."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "types": ("parameters", "columns"),
    "cardinality": ("cardinality",),
    "plan": ("cost", "worst_node", "scans", "indexes", "constraint_indexes"),
    "dependencies": ("reads", "inserts", "updates", "deletes", "sequences", "functions"),
    "locks": ("locks",),
}
"""The fields that each rule finds, in the order of the file."""

_ALL_FIELDS = tuple(field for fields in FIELDS.values() for field in fields)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return type(value) is int  # TOML's true would be one, too


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_table_of(is_kind: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(map(is_kind, value.values()))


_KINDS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(_ALL_FIELDS, ("a list of strings", _is_list)),
    "cardinality": ("a string", _is_text),
    **dict.fromkeys(("cost", "worst_node"), ("a whole number", _is_number)),
    **dict.fromkeys(("reads", "inserts", "updates"), ("a list of strings for each table", _is_table_of(_is_list))),
    "locks": ("a string for each table", _is_table_of(_is_text)),
}
_WIDTH = 120
_HEAD = """\
# What PostgreSQL says of the queries in {name}: written by "thoth-storages sql check --write", and held by
# "thoth-storages sql check". docs/checks/contract.md says what the fields mean.
"""


def contract_path(queries: Path) -> Path:
    """Say where the contracts of a file of queries are."""
    absolute = queries.absolute()
    for folder in absolute.parents:
        if folder.name == "queries" and (folder.parent / "contracts").is_dir():
            return folder.parent / "contracts" / absolute.relative_to(folder).with_suffix(".toml")
    return queries.with_suffix(".toml")


def read_contracts(path: Path) -> dict[str, dict[str, Any]]:
    """Read the contracts of a file of queries, by the queries' names; a file that isn't there holds none.

    Raises QueryError, which names file and query, for what is no contract.
    """
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: this isn't TOML: {error}") from error
    for name, contract in found.items():
        if not isinstance(contract, dict):
            raise QueryError(f"{path}: {name} stands outside of the contract of a query, [query]")
        if unknown := [field for field in contract if field not in _ALL_FIELDS]:
            known = ", ".join(_ALL_FIELDS)
            raise QueryError(f"{path}: [{name}] has an unknown field {unknown[0]!r}; fields are {known}")
        for field, value in contract.items():
            kind, is_kind = _KINDS[field]
            if not is_kind(value):
                raise QueryError(f"{path}: [{name}] has {value!r} for {field}, which takes {kind}")
    return found


def read_all_contracts(folder: Path = CONTRACTS_FOLDER) -> dict[str, Contract]:
    """Read the contracts below a folder, by the queries' qualified names: ``sync.insert_versions``."""
    return {
        ".".join([*path.relative_to(folder).parent.parts, name]): contract
        for path in sorted(folder.rglob("*.toml"))
        for name, contract in read_contracts(path).items()
    }


def indexes_of(contract: Contract) -> list[str]:
    """Name the indexes that serve a query: those of its plans, and those of constraints, which no plan shows."""
    named = (name for field in ("indexes", "constraint_indexes") for name in contract.get(field, ()))
    return list(dict.fromkeys(named))


def render_contracts(name: str, contracts: Mapping[str, Contract]) -> str:
    """Write the contracts of a file of queries called ``name``, sorted by the queries' names."""
    parts = ["\n".join(_lines(query, contracts[query])) + "\n" for query in sorted(contracts)]
    return "\n".join([_HEAD.format(name=name), *parts])


def _lines(query: str, contract: Contract) -> Iterator[str]:
    yield f"[{query}]"
    for field in _ALL_FIELDS:
        value = contract.get(field)
        if isinstance(value, Mapping):
            for table, told in sorted(value.items()):
                yield from _assignment(f"{field}.{_key(table)}", told)
        elif value:
            yield from _assignment(field, value)


def _assignment(key: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{key} = {_text(value)}"
        return
    items = ", ".join(map(_text, value))
    if len(line := f"{key} = [{items}]") <= _WIDTH:
        yield line
        return
    yield f"{key} = ["
    # Blanks inside of a string aren't places to break at.
    filled = textwrap.wrap(items.replace(" ", "\0").replace(',\0"', ', "'), _WIDTH - 4, break_long_words=False)
    yield from (f"    {each.replace(chr(0), ' ')}" for each in filled)
    yield "]"


def _text(value: Any) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name, ensure_ascii=False)
