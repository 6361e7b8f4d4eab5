"""What the name of a solver says of the environment that it solves for."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..exceptions import SolverNameParseError
from ..normalize import normalize_os_name, normalize_os_version

_NAME = re.compile(r"solver-(?P<os_name>[^-]+)-(?P<os_version>[^-]+)-py(?P<major>\d)(?P<minor>\d+)")


class Environment(NamedTuple):
    """An environment in which Python packages run, with the operating system's normalised name and version."""

    os_name: str
    os_version: str
    python_version: str


def parse_solver_name(solver_name: str) -> Environment:
    """Read ``solver-<os_name>-<os_version>-py<digits>``: ``solver-ubi-8-py39`` solves for rhel, 8, 3.9.

    Raises SolverNameParseError for any other name.
    """
    match = _NAME.fullmatch(solver_name)
    if match is None:
        raise SolverNameParseError(
            f"A solver is named solver-<os_name>-<os_version>-py<digits> (solver-rhel-8-py39), not {solver_name!r}"
        )
    return Environment(
        normalize_os_name(match["os_name"]),
        normalize_os_version(match["os_name"], match["os_version"]),
        f"{match['major']}.{match['minor']}",
    )


def solver_name_of(document_id: str) -> str:
    """Answer the name in ``<solver name>-<date>-<hash>``.

    Raises SolverNameParseError, naming the id, when that isn't what the id consists of.
    """
    solver_name = document_id.rsplit("-", maxsplit=2)[0]
    if _NAME.fullmatch(solver_name) is None:
        raise SolverNameParseError(
            "a solver document's id is solver-<os_name>-<os_version>-py<digits>-<date>-<hash> "
            f"(solver-rhel-8-py39-220131123456-0123456789abcdef), not {document_id!r}"
        )
    return solver_name
