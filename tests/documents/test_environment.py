"""Hardware and software environments, as documents describe them."""

from __future__ import annotations

from typing import Any

import pytest

from thoth_storages.documents.environment import Hardware, SoftwareEnvironment, read_hardware, read_runtime_environment
from thoth_storages.documents.fields import Section
from thoth_storages.documents.solver_name import Environment
from thoth_storages.enums import EnvironmentTypeEnum
from thoth_storages.exceptions import DocumentError

RUNTIME, BUILDTIME = EnvironmentTypeEnum.RUNTIME, EnvironmentTypeEnum.BUILDTIME


def read(**members: Any) -> tuple[Hardware, SoftwareEnvironment]:
    return read_runtime_environment(Section(members, "adviser-1"), RUNTIME)


def test_an_environment_is_read_whole() -> None:
    hardware, environment = read(
        name="production",
        operating_system={"name": "ubi", "version": "8.5"},
        python_version="3.8",
        cuda_version="10.1",
        hardware={"cpu_model": 94, "cpu_family": 6, "gpu_model_name": "GV100", "ram_size": 16},
    )
    assert hardware == Hardware(cpu_model=94, cpu_family=6, gpu_model_name="GV100", ram_size=16)
    assert environment == SoftwareEnvironment(
        "RUNTIME", "production", "3.8", os_name="rhel", os_version="8", cuda_version="10.1"
    )


@pytest.mark.parametrize("members", [{}, {"operating_system": None, "hardware": None}])
def test_nothing_may_be_known(members: dict[str, Any]) -> None:
    assert read(**members) == (Hardware(), SoftwareEnvironment("RUNTIME"))


def test_an_environment_may_be_missing() -> None:
    assert read_runtime_environment(None, BUILDTIME) == (Hardware(), SoftwareEnvironment("BUILDTIME"))
    assert read_hardware(None) == Hardware()


def test_what_is_of_another_type_is_refused_by_its_path() -> None:
    with pytest.raises(DocumentError, match=r"adviser-1: hardware\.cpu_model: a number is needed, found \"94\""):
        read(hardware={"cpu_model": "94"})
    with pytest.raises(DocumentError, match=r"adviser-1: operating_system\.version: a text is needed, found 8"):
        read(operating_system={"name": "rhel", "version": 8})


def test_solvers_solve_for_an_environment_that_is_known_enough() -> None:
    assert SoftwareEnvironment(
        "RUNTIME", None, "3.8", os_name="rhel", os_version="8"
    ).solver_environment == Environment("rhel", "8", "3.8")


@pytest.mark.parametrize("missing", ["python_version", "os_name", "os_version"])
def test_solvers_solve_for_no_environment_that_is_unknown(missing: str) -> None:
    known = {"python_version": "3.8", "os_name": "rhel", "os_version": "8", missing: None}
    assert SoftwareEnvironment("RUNTIME", **known).solver_environment is None
