"""Are the indexes those that are needed?"""

from __future__ import annotations

from ...sql import migrating
from ...sql.migrating import SchemaState
from ...sql.migrating.facts import Difference
from ...sql.named import queries
from ...words import listed, size
from ..examination import Examination, Finding, Status, check

# What was used at all will have been used within this time.
_DAYS_OF_USE = 30
_KINDS = ("index", "constraint")


@check("missing-indexes")
def missing_indexes(examination: Examination) -> Finding:
    """Whether there is an index for each foreign key, and each that the migrations make."""
    if lost := _lost(examination):
        return Finding(
            Status.FAIL,
            f"missing: {listed([each.fact.name for each in lost])}",
            f"make them anew, the first by: {lost[0].expected}",
        )
    if keys := queries._get_unindexed_foreign_keys(examination.connection):
        return Finding(
            Status.WARN,
            f"foreign keys without an index: {listed(keys)}",
            "each deletion in the table that they refer to reads the whole table: CREATE INDEX CONCURRENTLY on them",
        )
    return Finding(Status.OK, "none")


def _lost(examination: Examination) -> list[Difference]:
    if migrating.schema_state(examination.connection) is not SchemaState.CURRENT:
        return []  # the check of the schema says what to do
    return [each for each in examination.differences if each.found is None and each.fact.kind in _KINDS]


@check("invalid-indexes")
def invalid_indexes(examination: Examination) -> Finding:
    """Whether an index was left half-built: it costs each write, and serves no read."""
    found = queries._get_invalid_indexes(examination.connection)
    broken = [name for name, is_being_built in found if not is_being_built]
    if broken:
        remedy = f"REINDEX INDEX CONCURRENTLY {broken[0]}, or DROP INDEX CONCURRENTLY"
        return Finding(Status.FAIL, f"invalid: {listed(broken)}", remedy)
    if found:
        return Finding(Status.WARN, f"being built: {listed([name for name, _ in found])}", "wait, and look again")
    return Finding(Status.OK, "none")


@check("unused-indexes")
def unused_indexes(examination: Examination) -> Finding:
    """Whether an index only costs: no key needs it, and nothing read it since the statistics begin."""
    days = queries._get_days_of_statistics(examination.connection)
    if days is not None and days < _DAYS_OF_USE:
        return Finding(
            Status.UNKNOWN,
            f"the server has counted how indexes are used for {days:.0f} days only",
            f"look again when it has for {_DAYS_OF_USE} days",
        )
    found = queries._get_unused_indexes(examination.connection)
    if found:
        named = listed([f"{name} ({size(number)})" for name, number in found])
        return Finding(
            Status.WARN,
            f"never read: {named}",
            "see that no standby reads them either; those that 'thoth-storages db diff' shows may be dropped then",
        )
    return Finding(Status.OK, "none of more than 1 MiB")


@check("duplicate-indexes")
def duplicate_indexes(examination: Examination) -> Finding:
    """Whether two indexes are the same but for their names."""
    found = queries._get_duplicate_indexes(examination.connection)
    if found:
        named = listed([f"{superfluous} beside {kept}" for superfluous, kept in found])
        return Finding(Status.WARN, f"the same twice: {named}", f"DROP INDEX CONCURRENTLY {found[0][0]}")
    return Finding(Status.OK, "none")
