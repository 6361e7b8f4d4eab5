"""Small schemas to draw."""

from __future__ import annotations

from thoth_storages.schema_picture import Column, Reference, Schema, Table

ID = Column("id", "integer", is_required=True, is_primary=True)

INDEX = Table("python_package_index", "Where packages are.", "python packages", (ID, Column("url", "text", True)))
ENTITY = Table(
    "python_package_version_entity",
    'A package version "as such".',
    "python packages",
    (
        ID,
        Column("package_name", "text", is_required=True, comment="As <PEP 503> has it.", unique=(1,)),
        Column("python_package_index_id", "integer", is_required=False, unique=(1, 2)),
    ),
)
SOLVED = Table(
    "solved",
    "",
    "solvers",
    (Column("datetime", "timestamp without time zone", True), Column("version_id", "integer", True)),
)
INDICATOR = Table("pi_conv1d", "", "inspections", (ID, Column("device", "character varying(256)", False)))

TO_INDEX = Reference(ENTITY.name, ("python_package_index_id",), INDEX.name, ("id",))
TO_ENTITY = Reference(SOLVED.name, ("version_id",), ENTITY.name, ("id",))

SCHEMA = Schema((INDICATOR, INDEX, ENTITY, SOLVED), (TO_INDEX, TO_ENTITY))
