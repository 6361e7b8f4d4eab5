"""Names of solvers, and ids of their documents."""

from __future__ import annotations

import pytest

from thoth_storages.documents.solver_name import Environment, parse_solver_name, solver_name_of
from thoth_storages.exceptions import SolverNameParseError


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("solver-rhel-8-py38", Environment("rhel", "8", "3.8")),
        ("solver-fedora-35-py310", Environment("fedora", "35", "3.10")),
        ("solver-ubuntu-20.04-py39", Environment("ubuntu", "20.04", "3.9")),
        ("solver-rhel-8.5-py38", Environment("rhel", "8", "3.8")),
        ("solver-ubi-8.5-py38", Environment("rhel", "8", "3.8")),
    ],
)
def test_a_name_says_the_normalised_environment(name: str, environment: Environment) -> None:
    assert parse_solver_name(name) == environment


@pytest.mark.parametrize(
    "name",
    [
        "",
        "solver",
        "rhel-8-py38",
        "solver-rhel-8",
        "solver-rhel-8-38",
        "solver-rhel-8-py3",
        "solver-rhel-8-pyxy",
        "revsolver-rhel-8-py38",
        "solver-red-hat-8-py38",
        "solver--8-py38",
        "solver-rhel-8-py38\n",
        "solver-rhel-8-py3.8",
    ],
)
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(SolverNameParseError, match=r"named solver-<os_name>-<os_version>-py<digits>") as refused:
        parse_solver_name(name)
    assert repr(name) in str(refused.value)


@pytest.mark.parametrize(
    ("document_id", "name"),
    [
        ("solver-rhel-8-py38-220131123456-0123456789abcdef", "solver-rhel-8-py38"),
        ("solver-fedora-26-py36-180429074047-222k6", "solver-fedora-26-py36"),
    ],
)
def test_the_id_of_a_document_holds_the_name_of_its_solver(document_id: str, name: str) -> None:
    assert solver_name_of(document_id) == name


def test_an_id_without_a_date_is_refused() -> None:
    with pytest.raises(SolverNameParseError, match="not 'solver-fedora-31-py37-012b745d'"):
        solver_name_of("solver-fedora-31-py37-012b745d")
