"""Each query has a contract, and nothing else is in the files of contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ....exceptions import DatabaseError, QueryError
from ...lexer import Place
from ..comparing import contracts_of
from ..contract import FIELDS, contract_path, read_contracts, render_contracts
from ..examination import Examination, examine
from ..finding import Finding
from ..found import found_contract
from ..subject import Checked, CheckedFile

NAME = "contract"

_RENEW = "run 'sql check --write', and let the difference be reviewed"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find queries without a contract, contracts without a query, and files that are no contracts."""
    for file in checked.files:
        path = contract_path(file.path)
        if not path.exists() and path.parent == file.path.parent:
            continue  # a file elsewhere is under contract when it has one
        try:
            contracts = read_contracts(path)
        except QueryError as error:
            yield _unreadable(error, path)
            continue
        yield from _missing(file, set(contracts), path)
        if not file.problems:  # in a file with problems, queries may only seem to be missing
            yield from _left_over(set(contracts) - {query.name for query in file.queries}, path)
    if checked.is_whole:
        yield from _orphans(checked)


def renew(checked: Checked) -> Iterator[Path]:
    """Write the contracts anew, and leave those of queries as they are that can't be examined."""
    examination = examine(checked)
    if not examination.is_scratch:
        raise DatabaseError(
            "contracts are written with a private server, or as a superuser of one whose tables are empty"
        )
    for file in checked.files:
        path = contract_path(file.path)
        contracts = _renewed(file, contracts_of(file) or {}, examination)
        text = render_contracts(file.path.name, contracts)
        if contracts and not (path.exists() and path.read_text(encoding="utf-8") == text):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            yield path
    for path in _orphaned_paths(checked) if checked.is_whole else ():
        path.unlink()
        yield path


def _renewed(file: CheckedFile, committed: dict[str, Any], examination: Examination) -> dict[str, Any]:
    contracts = dict(committed) if file.problems else {}
    for query in file.queries:
        known = committed.get(query.name)
        if query in examination.types:
            found = found_contract(examination, query)
            if known and not examination.is_oldest_server:
                # another version's costs would be findings on the oldest
                found = {field: value for field, value in found.items() if field not in FIELDS["plan"]}
                found |= {field: value for field, value in known.items() if field in FIELDS["plan"]}
            contracts[query.name] = found
        elif known:
            contracts[query.name] = known
    return contracts


def _unreadable(error: QueryError, path: Path) -> Finding:
    said = str(error).removeprefix(f"{path}: ")
    name = re.match(r"\[(.+?)\]", said)
    number, line = _line_of(path, name[1]) if name else (1, "")
    return Finding(
        NAME, Place(str(path), number), said, "what it agrees on can't be held", f"undo the edit, or {_RENEW}", line
    )


def _line_of(path: Path, query: str) -> tuple[int, str]:
    """Find the line where a query's contract begins."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(((number, line) for number, line in enumerate(lines, 1) if line.strip() == f"[{query}]"), (1, lines[0]))


def _missing(file: CheckedFile, known: set[str], path: Path) -> Iterator[Finding]:
    for query in file.queries:
        if query.name not in known:
            yield query.finding(
                NAME,
                f"{query.name} has no contract in {path.name}",
                why="nobody has agreed on what it reads, locks and costs",
                remedy=_RENEW,
            )


def _left_over(names: set[str], path: Path) -> Iterator[Finding]:
    for name in sorted(names):
        number, line = _line_of(path, name)
        yield Finding(
            NAME,
            Place(str(path), number),
            f"there is no query {name}",
            "'sql uses' and 'sql grants' would count it",
            _RENEW,
            line,
        )


def _orphans(checked: Checked) -> Iterator[Finding]:
    for path in _orphaned_paths(checked):
        yield Finding(
            NAME,
            Place(str(path), 1),
            f"there is no file {path.stem}.sql that these contracts are of",
            "'sql uses' and 'sql grants' would count them",
            _RENEW,
        )


def _orphaned_paths(checked: Checked) -> list[Path]:
    known = {contract_path(file.path) for file in checked.files}
    tops = {path.parent for path in known if path.parent.name == "contracts"}
    return sorted(path for folder in tops for path in folder.rglob("*.toml") if path not in known)
