"""Writing software stacks: the lines of their files, the files (identified by what they hold), and the stacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple, TypeVar

import psycopg

from ..exceptions import SolverNotRunError
from ..sql.named import queries
from .columns import Booleans, Integers, Numbers, Texts
from .entity_writer import write_entities, write_package_indexes
from .identities import identify
from .known_versions import find_versions
from .rows import Entity, Version
from .solver_name import Environment
from .stack import ExternalStack, Requirement, Stack

Connection = psycopg.Connection[Any]
Member = TypeVar("Member")
Pins = tuple[frozenset[Entity], Environment]

# The original's fuzzy hash of nothing. One row of users' Pipfile.lock files has it, and stands for no file at all.
_NO_LOCK_FILE = "3::"


class _Files(NamedTuple):
    """The queries for one kind of files."""

    hashes: Callable[..., Mapping[int, str]]
    find: Callable[..., Mapping[str, int]]
    insert: Callable[..., int]
    insert_members: Callable[..., int]


_SYNC = queries.sync
_REQUIREMENTS = _Files(
    _SYNC.get_python_requirements_hashes,
    _SYNC.get_python_requirements_ids,
    _SYNC.insert_python_requirements,
    _SYNC.insert_python_requirements_members,
)
_EXTERNAL_REQUIREMENTS = _Files(
    _SYNC.get_python_requirements_hashes,
    _SYNC.get_external_python_requirements_ids,
    _SYNC.insert_external_python_requirements,
    _SYNC.insert_external_python_requirements_members,
)
_LOCKS = _Files(
    _SYNC.get_python_requirements_lock_hashes,
    _SYNC.get_python_requirements_lock_ids,
    _SYNC.insert_python_requirements_lock,
    _SYNC.insert_python_requirements_lock_members,
)
_EXTERNAL_LOCKS = _Files(
    _SYNC.get_external_python_requirements_lock_hashes,
    _SYNC.get_external_python_requirements_lock_ids,
    _SYNC.insert_external_python_requirements_lock,
    _SYNC.insert_external_python_requirements_lock_members,
)


def write_requirement_lines(connection: Connection, rows: Collection[Requirement]) -> dict[Requirement, int]:
    """Have lines of Pipfiles, and the indexes that they name; answer their ids."""
    write_package_indexes(connection, (row.index_url for row in rows))
    return identify(
        rows,
        lambda wanted: queries.sync.get_requirement_line_ids(connection, *_line_columns(wanted)),
        lambda missing: queries.sync.insert_requirement_lines(connection, *_line_columns(missing)),
    ).ids


def write_external_stacks(connection: Connection, stacks: Collection[ExternalStack]) -> dict[ExternalStack, int]:
    """Have users' stacks, with all that they hold; answer their ids."""
    locked = {stack.locked for stack in stacks if stack.locked is not None}
    entity_ids = write_entities(connection, frozenset().union(*locked))
    requirements_ids = _write_requirements(connection, stacks, _EXTERNAL_REQUIREMENTS)
    members = {pins: [entity_ids[entity] for entity in pins] for pins in locked}
    written = _write_files(connection, members, _EXTERNAL_LOCKS)
    lock_ids: dict[frozenset[Entity] | None, int] = dict(written.items())
    if any(stack.locked is None for stack in stacks):
        lock_ids[None] = _find_files(connection, [_NO_LOCK_FILE], _EXTERNAL_LOCKS)[_NO_LOCK_FILE]

    def columns(wanted: list[ExternalStack]) -> list[Any]:
        return [
            Integers(requirements_ids[stack.requirements] for stack in wanted),
            Integers(lock_ids[stack.locked] for stack in wanted),
        ]

    return identify(
        stacks,
        lambda wanted: queries.sync.get_external_stack_ids(connection, *columns(wanted)),
        lambda missing: queries.sync.insert_external_stacks(connection, *columns(missing)),
    ).ids


def write_stacks(
    connection: Connection, stacks: Collection[Stack], told_by: Mapping[Stack, str] | None = None
) -> dict[Stack, int]:
    """Have stacks of package versions that were solved, with all that they hold; answer their ids.

    Raises SolverNotRunError, before anything is written, for a version that no solver saw in the stack's environment;
    ``told_by`` are the documents that it names then.
    """
    version_ids = _find_versions(connection, stacks)
    _check_that_all_are_solved(stacks, version_ids, told_by or {})
    requirements_ids = _write_requirements(connection, stacks, _REQUIREMENTS)
    members = {
        (stack.locked, stack.environment): [version_ids[entity, stack.environment] for entity in stack.locked]
        for stack in stacks
    }
    lock_ids = _write_files(connection, members, _LOCKS)

    def columns(wanted: list[Stack]) -> list[Any]:
        return [
            Texts(stack.software_stack_type for stack in wanted),
            Numbers(stack.performance_score for stack in wanted),
            Numbers(stack.overall_score for stack in wanted),
            Integers(requirements_ids[stack.requirements] for stack in wanted),
            Integers(lock_ids[stack.locked, stack.environment] for stack in wanted),
        ]

    return identify(
        stacks,
        lambda wanted: queries.sync.get_stack_ids(connection, *columns(wanted)),
        lambda missing: queries.sync.insert_stacks(connection, *columns(missing)),
    ).ids


def _line_columns(rows: Collection[Requirement]) -> list[Any]:
    return [
        Texts(row.name for row in rows),
        Texts(row.version_range for row in rows),
        Booleans(row.develop for row in rows),
        Texts(row.index_url for row in rows),
    ]


def _write_requirements(
    connection: Connection, stacks: Collection[ExternalStack] | Collection[Stack], files: _Files
) -> dict[frozenset[Requirement] | None, int | None]:
    pipfiles = {stack.requirements for stack in stacks if stack.requirements is not None}
    line_ids = write_requirement_lines(connection, frozenset().union(*pipfiles))
    members = {pipfile: [line_ids[line] for line in pipfile] for pipfile in pipfiles}
    ids: dict[frozenset[Requirement] | None, int | None] = {None: None}
    ids.update(_write_files(connection, members, files).items())
    return ids


def _find_versions(connection: Connection, stacks: Collection[Stack]) -> dict[tuple[Entity, Environment | None], int]:
    wanted = {
        Version(entity, stack.environment): None
        for stack in stacks
        if stack.environment is not None
        for entity in sorted(stack.locked)
    }
    return dict(find_versions(connection, wanted).items())


def _check_that_all_are_solved(
    stacks: Collection[Stack],
    version_ids: Mapping[tuple[Entity, Environment | None], int],
    told_by: Mapping[Stack, str],
) -> None:
    for stack in stacks:
        if unsolved := [entity for entity in sorted(stack.locked) if (entity, stack.environment) not in version_ids]:
            where = f"{told_by[stack]}: " if stack in told_by else ""
            raise SolverNotRunError(where + _describe(unsolved, stack.environment))


def _describe(unsolved: list[Entity], environment: Environment | None) -> str:
    entity = unsolved[0]
    solver = (
        "any solver, as its environment isn't known" if environment is None else f"a solver for {' '.join(environment)}"
    )
    others = f" (and {len(unsolved) - 1} more)" if len(unsolved) > 1 else ""
    locked = f"{entity.package_name} {entity.package_version} from {entity.index_url}"
    return f"{locked} is locked but wasn't solved by {solver}{others}: sync the solver's documents first"


def _write_files(connection: Connection, members: Mapping[Member, list[int]], files: _Files) -> dict[Member, int]:
    """Have files that consist of the rows with these ids; answer the files' ids."""
    if not members:
        return {}
    numbered = dict(enumerate(members.values()))
    pairs = [(number, row_id) for number, row_ids in numbered.items() for row_id in row_ids]
    hashes = files.hashes(
        connection,
        Integers(numbered),
        Integers(number for number, _ in pairs),
        Integers(row_id for _, row_id in pairs),
    )
    ids = _find_files(connection, list(hashes.values()), files)
    if pairs:
        files.insert_members(
            connection,
            Integers(ids[hashes[number]] for number, _ in pairs),
            Integers(row_id for _, row_id in pairs),
        )
    return {file: ids[hashes[number]] for number, file in enumerate(members)}


def _find_files(connection: Connection, hashes: Collection[str], files: _Files) -> dict[str, int]:
    def find(wanted: list[str]) -> dict[int, int]:
        ids = files.find(connection, Texts(wanted))
        return {number: ids[hash_] for number, hash_ in enumerate(wanted, 1) if hash_ in ids}

    return identify(list(dict.fromkeys(hashes)), find, lambda missing: files.insert(connection, Texts(missing))).ids
