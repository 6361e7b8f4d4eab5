"""Writing what else than packages of the operating system analyses found in container images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Integers, Texts, columns_of
from .environment import SoftwareEnvironment
from .identities import identify
from .image_analysis_rows import ImageAnalysisRows, Symbol
from .rows import Entity

Connection = psycopg.Connection[Any]


def write_identified_packages(
    connection: Connection,
    documents: Sequence[ImageAnalysisRows],
    run_ids: Mapping[str, int],
    entity_ids: Mapping[Entity, int],
) -> None:
    """Tie runs to the Python packages that they found, which are there."""
    found = [(run_ids[each.run.document_id], package) for each in documents for package in each.identified_packages]
    if found:
        queries.sync.insert_identified_packages(
            connection,
            Integers(run_id for run_id, _ in found),
            Integers(entity_ids[package.entity] for _, package in found),
            Texts(package.location for _, package in found),
        )


def write_python_files(
    connection: Connection, documents: Sequence[ImageAnalysisRows], run_ids: Mapping[str, int]
) -> None:
    """Have the Python files that runs found."""
    found = [(run_ids[each.run.document_id], file) for each in documents for file in each.python_files]
    if not found:
        return
    digest_ids = identify(
        {file.sha256 for _, file in found},
        lambda wanted: queries.sync.get_python_file_digest_ids(connection, Texts(wanted)),
        lambda missing: queries.sync.insert_python_file_digests(connection, Texts(missing)),
    ).ids
    queries.sync.insert_found_python_files(
        connection,
        Integers(run_id for run_id, _ in found),
        Integers(digest_ids[file.sha256] for _, file in found),
        Texts(file.file for _, file in found),
    )


def write_interpreters(
    connection: Connection, documents: Sequence[ImageAnalysisRows], run_ids: Mapping[str, int]
) -> None:
    """Have the Python interpreters that runs found."""
    found = [(run_ids[each.run.document_id], which) for each in documents for which in each.python_interpreters]
    if not found:
        return
    interpreter_ids = identify(
        {interpreter for _, interpreter in found},
        lambda wanted: queries.sync.get_python_interpreter_ids(connection, *columns_of(wanted)),
        lambda missing: queries.sync.insert_python_interpreters(connection, *columns_of(missing)),
    ).ids
    queries.sync.insert_found_python_interpreters(
        connection,
        Integers(run_id for run_id, _ in found),
        Integers(interpreter_ids[interpreter] for _, interpreter in found),
    )


def write_symbols(
    connection: Connection,
    documents: Sequence[ImageAnalysisRows],
    run_ids: Mapping[str, int],
    environment_ids: Mapping[bool, Mapping[SoftwareEnvironment, int]],
) -> None:
    """Have the symbols that runs detected: each is tied to the run, and to the software environment that offers it."""
    symbol_ids = identify(
        {symbol for document in documents for symbol in document.symbols},
        lambda wanted: queries.sync.get_symbol_ids(connection, *columns_of(wanted)),
        lambda missing: queries.sync.insert_symbols(connection, *columns_of(missing)),
    ).ids
    if not symbol_ids:
        return
    _write_offered_symbols(connection, documents, symbol_ids, environment_ids)
    found = [(run_ids[each.run.document_id], symbol_ids[symbol]) for each in documents for symbol in each.symbols]
    queries.sync.insert_detected_symbols(
        connection, Integers(run_id for run_id, _ in found), Integers(symbol_id for _, symbol_id in found)
    )


def _write_offered_symbols(
    connection: Connection,
    documents: Sequence[ImageAnalysisRows],
    symbol_ids: Mapping[Symbol, int],
    environment_ids: Mapping[bool, Mapping[SoftwareEnvironment, int]],
) -> None:
    # Analyses of one image find the same.
    offered = {
        (run.is_external, environment_ids[run.is_external][run.software_environment], symbol_ids[symbol])
        for run, symbols in ((document.run, document.symbols) for document in documents)
        for symbol in symbols
    }
    queries.sync.insert_offered_symbols(
        connection,
        Integers(None if is_external else environment_id for is_external, environment_id, _ in offered),
        Integers(environment_id if is_external else None for is_external, environment_id, _ in offered),
        Integers(symbol_id for _, _, symbol_id in offered),
    )
