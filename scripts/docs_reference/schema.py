"""Pages on the schema, one for each subject: tables with their columns, keys and indexes, and who reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from scripts.docs_reference import markdown as md
from scripts.docs_reference.catalog_facts import Column, Facts, Index, Key, Table, read_facts
from scripts.docs_reference.contracts import Contract, read_contracts, table_link
from scripts.docs_reference.queries import query_link
from scripts.schema import short_type
from thoth_storages.sql.migrating import read_migrations
from thoth_storages.sql.migrating.files import Migration, created_by

FOLDER = PurePosixPath("schema")

_INTRODUCTION = """\
The tables are those of the original library, so that its dumps and the SQL of DBAs go on working; migrations repaired
their keys and indexes since. All moments are in UTC, without a time zone. The page of a table says what a migrated
database says: it is written from one."""

# What an index is over, without its name and its table, which stand beside it.
_DEFINITION = re.compile(r"^CREATE (UNIQUE )?INDEX \w+ ON public\.\w+ USING (?:btree )?")


def pages(facts: Facts | None = None) -> dict[PurePosixPath, str]:
    """Write the pages; without facts, a private server is started and asked for them."""
    facts, contracts = facts or read_facts(), read_contracts()
    subjects = {migration: _tables_of(migration, facts) for migration in read_migrations()}
    written = {
        FOLDER / f"{_slug(migration)}.md": md.page(
            f"# {_title(migration)}", *(part for table in tables for part in _parts(table, contracts))
        )
        for migration, tables in subjects.items()
        if tables
    }
    return {FOLDER / "index.md": _index(facts, [path.stem for path in written]), **written}


def _tables_of(migration: Migration, facts: Facts) -> list[Table]:
    return [facts.tables[name] for name in created_by(migration, "TABLE") if name in facts.tables]


def _slug(migration: Migration) -> str:
    return migration.id.partition(".")[2]


def _title(migration: Migration) -> str:
    return _slug(migration).replace("-", " ").capitalize()


def _index(facts: Facts, slugs: list[str]) -> str:
    return md.page(
        "# Schema",
        _INTRODUCTION,
        md.table(
            ("table", "what a row says"),
            ((table_link(table.name), md.prose(table.comment or "")) for table in facts.tables.values()),
        ),
        "## Types that list their values",
        md.table(
            ("type", "values"),
            ((md.code(name), ", ".join(map(md.code, values))) for name, values in facts.enumerations.items()),
        ),
        md.toctree(slugs),
    )


def _parts(table: Table, contracts: dict[str, Contract]) -> Iterator[str]:
    yield f"{md.target(f'table-{table.name}')}\n## {table.name}"
    yield md.prose(table.comment or "")
    yield md.table(("column", "type", "null", "meaning"), map(_column, table.columns))
    if table.keys:
        yield "Keys:\n\n" + "\n".join(map(_key, table.keys))
    if table.indexes:
        yield "Indexes:\n\n" + "\n".join(_index_line(index, contracts) for index in table.indexes)
    if queries := [name for name, contract in contracts.items() if table.name in contract.tables]:
        yield f"Queries: {', '.join(map(query_link, queries))}."


def _column(column: Column) -> tuple[str, str, str, str]:
    computed = column.default if column.is_generated else None
    default = column.default if not column.is_generated and "nextval" not in (column.default or "") else None
    said = [md.prose(column.comment or "")]
    said += [f"Computed: {md.code(computed)}."] if computed else []
    said += [f"Default: {md.code(default)}."] if default else []
    return md.code(column.name), md.code(short_type(column.type)), "yes" if column.is_nullable else "", " ".join(said)


def _key(key: Key) -> str:
    refers = f", to {table_link(key.refers_to)}" if key.refers_to else ""
    return f"- {md.code(key.name)}: {md.code(key.definition)}{refers}"


def _index_line(index: Index, contracts: dict[str, Contract]) -> str:
    definition = _DEFINITION.sub(r"\1", index.definition)
    served = [name for name, contract in contracts.items() if index.name in contract.indexes]
    serves = f"; serves {', '.join(map(query_link, served))}" if served else ""
    return f"- {md.code(index.name)}: {md.code(definition)}{serves}"
