"""The least privileges with which a role can run every query, as their contracts say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .contract import Contract
from .uses import locked_tables

#: What ``GraphDatabase`` reads beside the queries, to tell whether the schema is up to date.
_LIBRARY = {"_yoyo_migration": {"applied_at_utc", "migration_id"}}

#: Modes that a statement takes by itself; stronger ones are asked for by LOCK.
_USUAL_LOCKS = ("ROW SHARE", "ROW EXCLUSIVE")


@dataclass
class _Needs:
    """What is done to one table: columns by privilege, where an empty set is any column."""

    columns: dict[str, set[str]] = field(default_factory=dict)
    is_deleted_from: bool = False
    is_locked: bool = False


def grants(contracts: Mapping[str, Contract], role: str) -> str:
    """Write a script of SQL that gives a role what all the queries need, and takes everything else in the schema away.

    The role has to be there; who runs the script owns the tables. Columns are granted one by one.
    """
    name = _quoted(role)
    lines = [
        "BEGIN;",
        *_revocations(name),
        f"GRANT USAGE ON SCHEMA public TO {name};",
        *(line for table, needs in sorted(_needs(contracts).items()) for line in _on_table(table, needs, name)),
        *_on_each("USAGE ON SEQUENCE", "sequences", contracts, name),
        *_on_each("EXECUTE ON FUNCTION", "functions", contracts, name),
        "COMMIT;",
    ]
    return "\n".join(lines)


def _revocations(role: str) -> Iterator[str]:
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {role};"


def _needs(contracts: Mapping[str, Contract]) -> dict[str, _Needs]:
    found = {table: _Needs({"SELECT": set(columns)}) for table, columns in _LIBRARY.items()}
    for contract in contracts.values():
        for way, privilege in (("reads", "SELECT"), ("inserts", "INSERT"), ("updates", "UPDATE")):
            for table, columns in contract.get(way, {}).items():
                found.setdefault(table, _Needs()).columns.setdefault(privilege, set()).update(columns)
        for table in contract.get("deletes", ()):
            found.setdefault(table, _Needs()).is_deleted_from = True
        for table, mode in locked_tables(contract).items():
            if mode not in _USUAL_LOCKS:
                found.setdefault(table, _Needs()).is_locked = True
    return found


def _on_table(table: str, needs: _Needs, role: str) -> Iterator[str]:
    target = f"ON {'.'.join(map(_quoted, table.split('.')))} TO {role};"
    columns = dict(needs.columns)
    if needs.is_deleted_from:
        yield f"GRANT DELETE {target}"
    elif needs.is_locked:
        columns["UPDATE"] = set()  # LOCK isn't satisfied by privileges on columns
    for privilege, names in columns.items():
        # To lock a row, or to count rows, any column will do: one that is granted anyway, if there is one.
        chosen = names or (_any_column(needs) if not needs.is_locked else set())
        listed = f" ({', '.join(map(_quoted, sorted(chosen)))})" if chosen else ""
        yield f"GRANT {privilege}{listed} {target}"


def _any_column(needs: _Needs) -> set[str]:
    known = sorted(set().union(*needs.columns.values()))
    return {"id" if "id" in known else known[0]} if known else set()


def _on_each(privilege: str, field_name: str, contracts: Mapping[str, Contract], role: str) -> Iterator[str]:
    names = {name for contract in contracts.values() for name in contract.get(field_name, ())}
    yield from (f"GRANT {privilege} {name} TO {role};" for name in sorted(names))


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
